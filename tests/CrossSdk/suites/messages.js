'use strict';
const assert = require('node:assert');
const { WorkflowNotFoundError } = require('@temporalio/client');
const world = require('../world');

const { test } = world;

test('signals arrive in order', async () => {
  const handle = await world.start('counter');
  const values = Array.from({ length: 50 }, (_, n) => n);
  for (const value of values) await handle.signal('add', value);
  assert.deepEqual(await handle.query('total', 'seen'), values);
  await handle.signal('finish');
  assert.equal(await handle.result(), 1225);
});

test('operations 8.18: a query right after a signal sees it', async () => {
  const handle = await world.start('counter');
  for (let round = 1; round <= 10; round++) {
    await handle.signal('add', 1);
    assert.equal(await handle.query('total'), round);
  }
  await handle.terminate();
});

test('core 11.12: a failing query tells the words of its handler', async () => {
  const handle = await world.start('counter');
  await assert.rejects(handle.query('total', 'fail'), /no such total/);
  await handle.terminate();
});

test('edges 9.16: an unknown query tells those that there are', async () => {
  const handle = await world.start('counter');
  await assert.rejects(handle.query('nothing'), /total/);
  await handle.terminate();
});

test('core 11.14: a closed run answers queries through a worker that has never seen it', async () => {
  const handle = await world.start('counter');
  await handle.signal('add', 5);
  await handle.signal('finish');
  await handle.result();
  await world.worker.options;
  assert.equal(await handle.query('total'), 5);
});

test('a signal to a closed run is not found', async () => {
  const handle = await world.start('echo', [1]);
  await handle.result();
  await assert.rejects(handle.signal('add', 1), WorkflowNotFoundError);
});

test('signal with start starts, then only signals', async () => {
  const workflowId = world.id('counter');
  const options = { taskQueue: world.taskQueue, workflowId, signal: 'add', args: [] };
  const first = await world.client.workflow.signalWithStart('counter', { ...options, signalArgs: [2] });
  const second = await world.client.workflow.signalWithStart('counter', { ...options, signalArgs: [3] });
  assert.equal(second.signaledRunId, first.signaledRunId);
  assert.equal(await second.query('total'), 5);
  await second.terminate();
});

test('edges 9.21: signal with start keeps its start delay', async () => {
  const handle = await world.client.workflow.signalWithStart('counter', {
    taskQueue: world.taskQueue, workflowId: world.id('counter'), signal: 'add', signalArgs: [1], startDelay: '1 hour',
  });
  const { events } = await handle.fetchHistory();
  assert.equal(Number(events[0].workflowExecutionStartedEventAttributes.firstWorkflowTaskBackoff.seconds), 3600);
  assert.ok(!(await world.events(handle)).includes('workflowTaskScheduled'));
  await handle.terminate();
});
