'use strict';
const assert = require('node:assert');
const { ApplicationFailure, WorkflowFailedError, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } = require('@temporalio/client');
const { Worker } = require('@temporalio/worker');
const world = require('../world');

const { test } = world;

test('a workflow returns its argument', async () => {
  assert.deepEqual(await world.run('echo', [{ a: [1, null, 'x'] }]), { a: [1, null, 'x'] });
});

test('a workflow calls an activity', async () => {
  assert.equal(await world.run('greeting', ['Ada']), 'Hello, Ada!');
});

test('a local activity leaves a marker and no activity events', async () => {
  const handle = await world.start('localGreeting', ['Ada']);
  assert.equal(await handle.result(), 'Hello, Ada!');
  const events = await world.events(handle);
  assert.ok(events.includes('markerRecorded'));
  assert.ok(!events.includes('activityTaskScheduled'));
});

test('a timer fires not before its time', async () => {
  assert.ok((await world.run('napping', [200])) >= 200);
});

test('core 11.6: a workflow knows itself on its first task', async () => {
  const handle = await world.start('whoAmI', [], { memo: { note: 'hi' } });
  const me = await handle.result();
  assert.equal(me.id, handle.workflowId);
  assert.equal(me.run, handle.firstExecutionRunId);
  assert.deepEqual(
    [me.attempt, me.length, me.taskTimeout, me.runTimeout, me.parent, me.root, me.suggested],
    [1, 3, 10000, null, null, null, false]);
  assert.ok(me.size > 100);
  assert.deepEqual(me.memo, { note: 'hi' });
});

test('a failed workflow tells type, details and message', async () => {
  const failure = await world.run('failing').catch((e) => e);
  assert.ok(failure instanceof WorkflowFailedError);
  assert.ok(failure.cause instanceof ApplicationFailure);
  assert.deepEqual([failure.cause.message, failure.cause.type, failure.cause.details], ['broken', 'Broken', [1, 'two']]);
});

test('core 11.1: a second start of a running id names the first', async () => {
  const first = await world.start('counter');
  const again = world.start('counter', [], { workflowId: first.workflowId });
  await assert.rejects(again, (e) => e instanceof WorkflowExecutionAlreadyStartedError && e.workflowId === first.workflowId);
  await first.terminate();
});

test('core 11.3: ALLOW_DUPLICATE_FAILED_ONLY is refused after success and taken after a failure', async () => {
  const ok = await world.start('echo', [1]);
  await ok.result();
  const options = { workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' };
  await assert.rejects(
    world.start('echo', [1], { ...options, workflowId: ok.workflowId }), WorkflowExecutionAlreadyStartedError);

  const bad = await world.start('failing');
  await bad.result().catch(() => {});
  const after = await world.start('echo', [2], { ...options, workflowId: bad.workflowId });
  assert.equal(await after.result(), 2);
});

test('core 11.4: TERMINATE_EXISTING ends the running one', async () => {
  const first = await world.start('counter');
  const second = await world.start('echo', [2], {
    workflowId: first.workflowId, workflowIdConflictPolicy: 'TERMINATE_EXISTING',
  });
  const failure = await first.result().catch((e) => e);
  assert.equal(failure.cause.name, 'TerminatedFailure');
  assert.notEqual(second.firstExecutionRunId, first.firstExecutionRunId);
  assert.equal(await second.result(), 2);
});

test('core 11.5: a start delay shows in the first event', async () => {
  const handle = await world.start('echo', [1], { startDelay: '50ms' });
  assert.equal(await handle.result(), 1);
  const { events } = await handle.fetchHistory();
  assert.equal(events[0].workflowExecutionStartedEventAttributes.firstWorkflowTaskBackoff.nanos, 50_000_000);
});

test('core 11.11: the result of an unknown id is not found', async () => {
  await assert.rejects(world.client.workflow.getHandle(world.id('nobody')).result(), WorkflowNotFoundError);
});

test('an eager start hands out the first task in the answer', async () => {
  const handle = await world.eager.workflow.start('echo', {
    taskQueue: world.taskQueue, workflowId: world.id('eager'), args: ['eager'], requestEagerStart: true,
  });
  assert.equal(await handle.result(), 'eager');
});

test('a history replays', async () => {
  const handle = await world.start('manyActivities', [5]);
  await handle.result();
  await Worker.runReplayHistory({ workflowBundle: world.bundle }, await handle.fetchHistory(), handle.workflowId);
});

test('random numbers and ids differ within a run', async () => {
  assert.deepEqual(await world.run('random'), [true, true]);
});

test('patches mark new code', async () => {
  const handle = await world.start('patched');
  assert.equal(await handle.result(), 'new');
  assert.ok((await world.events(handle)).includes('markerRecorded'));
});

test('descriptions show type, queue, status and history length', async () => {
  const handle = await world.start('echo', [1], { staticSummary: 'short', staticDetails: 'long' });
  await handle.result();
  const described = await handle.describe();
  assert.deepEqual(
    [described.type, described.taskQueue, described.status.name, described.historyLength],
    ['echo', world.taskQueue, 'COMPLETED', 5]);
  assert.equal(await described.staticSummary(), 'short');
});

test('edges 9.14: a result over the limit that the server told fails its task, and the run goes on', async () => {
  const handle = await world.start('large', [2 * 1024 * 1024 + 1]);
  const failed = await world.eventually(
    async () => (await handle.fetchHistory()).events.find((e) => e.workflowTaskFailedEventAttributes), Boolean);
  assert.match(failed.workflowTaskFailedEventAttributes.failure.message, /limit/);
  await handle.terminate();
});
