'use strict';
const assert = require('node:assert');
const { NexusOperationFailure } = require('@temporalio/common');
const handlers = require('../handlers');
const world = require('../world');

const { endpoint, test } = world;

async function started(caller) {
  await world.eventually(() => world.events(caller), (events) => events.includes('nexusOperationStarted'));
}

/** What failed below the one wrapper. */
async function reason(running) {
  const failure = await running.then(() => assert.fail('it did not fail'), (e) => e.cause);
  assert.ok(failure instanceof NexusOperationFailure, `${failure}`);
  return failure.cause;
}

test('edges 9.2: an operation that is done at once has no start', async () => {
  const caller = await world.start('caller', [await endpoint(), 'say', 'hello']);
  assert.equal(await caller.result(), 'hello');
  assert.deepEqual(
    (await world.events(caller)).filter((e) => e.startsWith('nexus')), ['nexusOperationScheduled', 'nexusOperationCompleted']);
});

test('edges 9.5: a failed operation carries its reason under one wrapper', async () => {
  const failure = await reason(world.run('caller', [await endpoint(), 'fail', 'in vain']));
  assert.deepEqual([failure.message, failure.cause.message, failure.cause.type], ['in vain', 'because', 'Reason']);
});

test('edges 9.6: a handler that stumbles is asked again', async () => {
  const word = world.id('word');
  assert.equal(await world.run('caller', [await endpoint(), 'stumble', word]), word);
  assert.equal(handlers.stumbled.get(word), 2);
});

test('edges 9.7: an operation has no more time than it is given', async () => {
  const failure = await reason(world.run(
    'caller', [await endpoint(), 'count', world.id('counter'), { scheduleToCloseTimeout: '2s' }]));
  assert.deepEqual([failure.name, failure.timeoutType], ['TimeoutFailure', 'SCHEDULE_TO_CLOSE']);
});

test('an operation that a workflow does gives its result and links both', async () => {
  const counter = world.client.workflow.getHandle(world.id('counter'));
  const caller = await world.start('caller', [await endpoint(), 'count', counter.workflowId]);
  await started(caller);
  await counter.signal('add', 4);
  await counter.signal('finish');
  assert.equal(await caller.result(), 4);
  const { events } = await caller.fetchHistory();
  const begun = events.find((e) => e.nexusOperationStartedEventAttributes);
  assert.deepEqual(begun.links.map(({ workflowEvent }) => workflowEvent.workflowId), [counter.workflowId]);
  const [{ workflowExecutionStartedEventAttributes: first }] = (await counter.fetchHistory()).events;
  assert.deepEqual(
    first.completionCallbacks[0].links.map(({ workflowEvent }) => workflowEvent.workflowId), [caller.workflowId]);
});

test('an operation ends as its workflow does', async () => {
  const counter = world.client.workflow.getHandle(world.id('counter'));
  const caller = await world.start('caller', [await endpoint(), 'count', counter.workflowId]);
  await started(caller);
  await counter.terminate('enough');
  assert.equal((await reason(caller.result())).name, 'TerminatedFailure');
});

test('edges 9.3: a cancelled operation cancels its workflow, and waits for it when it should', async () => {
  const counter = world.client.workflow.getHandle(world.id('counter'));
  const caller = await world.start('cancellingCaller', [await endpoint(), counter.workflowId, 'WAIT_CANCELLATION_COMPLETED']);
  assert.equal(await caller.result(), 'cancelled');
  assert.equal((await counter.describe()).status.name, 'CANCELLED');
  assert.deepEqual(
    (await world.events(caller)).filter((e) => e.startsWith('nexus')),
    [
      'nexusOperationScheduled', 'nexusOperationStarted', 'nexusOperationCancelRequested',
      'nexusOperationCancelRequestCompleted', 'nexusOperationCanceled',
    ]);
});

test('an abandoned operation goes on', async () => {
  const counter = world.client.workflow.getHandle(world.id('counter'));
  const caller = await world.start('cancellingCaller', [await endpoint(), counter.workflowId, 'ABANDON']);
  assert.equal(await caller.result(), 'cancelled');
  assert.ok(!(await world.events(caller)).includes('nexusOperationCancelRequested'));
  await counter.signal('add', 9);
  await counter.signal('finish');
  assert.equal(await counter.result(), 9);
});
