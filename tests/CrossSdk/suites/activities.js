'use strict';
const assert = require('node:assert');
const { ActivityNotFoundError } = require('@temporalio/client');
const { tokens } = require('../activities');
const world = require('../world');

const { test } = world;

const cause = async (promise) => (await promise.then(() => assert.fail('it should fail'), (e) => e)).cause;

test('core trap 1: an activity that is retried leaves one started event, with the last attempt', async () => {
  const handle = await world.start('activityFor', ['failUntil', [3]]);
  assert.equal(await handle.result(), 'attempt 3');
  const { events } = await handle.fetchHistory();
  const started = events.filter((e) => e.activityTaskStartedEventAttributes);
  assert.equal(started.length, 1);
  assert.equal(started[0].activityTaskStartedEventAttributes.attempt, 3);
  assert.equal(started[0].activityTaskStartedEventAttributes.lastFailure.message, 'attempt 2 failed');
});

test('core 11.23: a chain of failures says why it ended', async () => {
  const used = await cause(world.run('activityFor', ['failUntil', [9], { retry: { maximumAttempts: 2, initialInterval: 1 } }]));
  assert.deepEqual([used.retryState, used.cause.message], ['MAXIMUM_ATTEMPTS_REACHED', 'attempt 2 failed']);

  const never = await cause(world.run('activityFor', ['failForGood']));
  assert.deepEqual([never.retryState, never.cause.type, never.cause.details], ['NON_RETRYABLE_FAILURE', 'Never', [1, 'two']]);
});

test('core 11.23: a timeout names its kind and the last failure', async () => {
  const failure = await cause(world.run('activityFor', ['failUntil', [99], {
    scheduleToCloseTimeout: '600ms', startToCloseTimeout: '30s', retry: { initialInterval: '100ms', backoffCoefficient: 1 },
  }]));
  assert.ok(['TIMEOUT', 'NON_RETRYABLE_FAILURE'].includes(failure.retryState));
});

for (const [kind, options] of [
  ['START_TO_CLOSE', { startToCloseTimeout: '100ms' }],
  ['HEARTBEAT', { heartbeatTimeout: '100ms' }],
  ['SCHEDULE_TO_CLOSE', { scheduleToCloseTimeout: '100ms', startToCloseTimeout: '100ms' }],
]) {
  test(`an activity that hangs times out: ${kind}`, async () => {
    const failure = await cause(world.run('activityFor', ['hang', [], { retry: { maximumAttempts: 1 }, ...options }]));
    assert.equal(failure.cause.name, 'TimeoutFailure');
    if (kind !== 'SCHEDULE_TO_CLOSE') assert.equal(failure.cause.timeoutType, kind);
  });
}

test('core 11.24: heartbeat details reach the next attempt', async () => {
  assert.equal(await world.run('activityFor', ['resumeFromHeartbeat']), 'half way');
});

test('core 11.26: somebody else completes an activity by token and by id, once', async () => {
  for (const how of ['token', 'id']) {
    const handle = await world.start('activityFor', ['handOver', [], { activityId: 'handed-over' }]);
    const token = await world.eventually(async () => tokens.get(handle.workflowId), Boolean);
    const target = how === 'token' ? token : { workflowId: handle.workflowId, activityId: 'handed-over' };
    await world.client.activity.complete(target, 'from outside');
    assert.equal(await handle.result(), 'from outside');
    await assert.rejects(world.client.activity.complete(target, 'again'), ActivityNotFoundError);
  }
});

test('a hundred activities at once all run', async () => {
  assert.equal(await world.run('manyActivities', [100]), 100);
});

test('an activity knows itself', async () => {
  assert.deepEqual(
    await world.run('activityFor', ['whoAmI']),
    { type: 'whoAmI', attempt: 1, queue: world.taskQueue, namespace: 'default' });
});

test('an activity of an unknown type fails and is retried until its time is up', async () => {
  const failure = await cause(world.run('activityFor', ['nobody', [], { retry: { maximumAttempts: 1 } }]));
  assert.match(failure.cause.message, /not registered/);
});
