'use strict';
const assert = require('node:assert');
const { ActivityExecutionAlreadyStartedError, NexusOperationAlreadyStartedError, NexusOperationFailureError } = require('@temporalio/client');
const { CancelledFailure, TerminatedFailure } = require('@temporalio/common');
const desk = require('../desk');
const world = require('../world');

const { test } = world;

/** A client of the service behind an endpoint of its own. */
async function service() {
  return world.client.nexus.createServiceClient({ endpoint: await world.endpoint(), service: desk });
}

const begun = (handle) => world.eventually(() => handle.describe(), ({ state }) => state === 'STARTED');

test('an operation without a workflow gives its result', async () => {
  const client = await service();
  const id = world.id('operation');
  assert.equal(await client.executeOperation('say', 'hello', { id, scheduleToCloseTimeout: '30s' }), 'hello');
  const described = await world.client.nexus.getHandle(id).describe();
  assert.deepEqual([described.status, described.service, described.operation], ['COMPLETED', 'desk', 'say']);
});

test('an operation without a workflow tells why it failed', async () => {
  const client = await service();
  await assert.rejects(
    client.executeOperation('fail', 'in vain', { id: world.id('operation') }),
    (e) => e instanceof NexusOperationFailureError && e.cause.message === 'in vain' && e.cause.cause.type === 'Reason');
});

test('an operation without a workflow may be done by one, and goes by its id', async () => {
  const client = await service();
  const id = world.id('operation');
  const counter = world.client.workflow.getHandle(world.id('counter'));
  const handle = await client.startOperation('count', counter.workflowId, { id });
  await begun(handle);
  await assert.rejects(client.startOperation('count', counter.workflowId, { id }), NexusOperationAlreadyStartedError);
  await counter.signal('add', 6);
  await counter.signal('finish');
  assert.equal(await handle.result(), 6);
  assert.equal(await world.client.nexus.getHandle(id).result(), 6);
});

test('an operation without a workflow is cancelled and terminated', async () => {
  const client = await service();
  const counter = world.client.workflow.getHandle(world.id('counter'));
  const cancelled = await client.startOperation('count', counter.workflowId, { id: world.id('operation') });
  await begun(cancelled);
  await cancelled.cancel('no more');
  await assert.rejects(cancelled.result(), (e) => e.cause instanceof CancelledFailure);
  assert.equal((await counter.describe()).status.name, 'CANCELLED');

  const terminated = await client.startOperation('count', world.id('counter'), { id: world.id('operation') });
  await terminated.terminate('enough');
  await assert.rejects(terminated.result(), (e) => e.cause instanceof TerminatedFailure);
});

test('operations without workflows are listed and counted', async () => {
  const client = await service();
  const query = `Endpoint = '${client.endpoint}'`;
  for (const what of ['a', 'b', 'c']) await client.executeOperation('say', what, { id: world.id('operation') });
  const listed = [];
  for await (const operation of world.client.nexus.list({ query, pageSize: 2 })) listed.push(operation);
  assert.deepEqual(listed.map(({ operation, status }) => `${operation} ${status}`), Array(3).fill('say COMPLETED'));
  assert.equal((await world.client.nexus.count(query)).count, 3);
});

const activity = (name, args, options = {}) => world.client.activity.start(name, {
  id: world.id('activity'), taskQueue: world.taskQueue, args, startToCloseTimeout: '30s',
  retry: { initialInterval: 10, backoffCoefficient: 1 }, ...options,
});

test('an activity without a workflow gives its result, also to who comes later', async () => {
  const handle = await activity('greet', ['you']);
  assert.equal(await handle.result(), 'Hello, you!');
  assert.equal(await world.client.activity.getHandle(handle.activityId).result(), 'Hello, you!');
  const described = await handle.describe();
  assert.deepEqual([described.activityType, described.status], ['greet', 'COMPLETED']);
});

test('an activity without a workflow is tried again, and fails with its failure', async () => {
  assert.equal(await (await activity('failUntil', [3])).result(), 'attempt 3');
  await assert.rejects(
    (await activity('failForGood', [])).result(), (e) => e.cause.type === 'Never' && e.cause.message === 'never');
});

test('an activity without a workflow goes by its id', async () => {
  const id = world.id('activity');
  const handle = await activity('waitForCancel', [], { id, heartbeatTimeout: '5s' });
  await assert.rejects(activity('greet', ['you'], { id }), ActivityExecutionAlreadyStartedError);
  await handle.cancel('no more');
  await assert.rejects(handle.result(), (e) => e.cause instanceof CancelledFailure);
  assert.equal((await handle.describe()).status, 'CANCELED');
});

test('edges 9.12: an activity that nobody works on is cancelled at once', async () => {
  const handle = await activity('greet', ['you'], { taskQueue: world.id('nobody') });
  await handle.cancel('no more');
  await assert.rejects(handle.result(), (e) => e.cause instanceof CancelledFailure);
});

test('an activity without a workflow is paused and goes on when it is told to', async () => {
  const handle = await activity('greet', ['you'], { taskQueue: world.id('nobody') });
  await handle.pause({ reason: 'not yet' });
  await handle.updateOptions({ taskQueue: world.taskQueue });
  await handle.unpause();
  assert.equal(await handle.result(), 'Hello, you!');
});

test('activities without workflows are listed and counted', async () => {
  const taskQueue = world.id('nobody');
  const handles = await Promise.all([1, 2, 3].map(() => activity('greet', ['you'], { taskQueue })));
  const query = `TaskQueue = '${taskQueue}'`;
  const listed = [];
  for await (const { activityId } of world.client.activity.list(query)) listed.push(activityId);
  assert.deepEqual(listed.sort(), handles.map(({ activityId }) => activityId).sort());
  assert.equal((await world.client.activity.count(query)).count, 3);
  await Promise.all(handles.map((handle) => handle.terminate('enough')));
});
