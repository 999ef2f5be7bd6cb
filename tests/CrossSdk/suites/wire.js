'use strict';
const assert = require('node:assert');
const world = require('../world');

const { test } = world;

const service = () => world.connection.workflowService;

test('a server says who it is', async () => {
  const info = await service().getSystemInfo({});
  assert.equal(info.serverVersion, '1.32.0');
  assert.ok(info.capabilities.signalAndQueryHeader);
});

test('health is serving', async () => {
  const health = await world.connection.healthService.check({ service: 'temporal.api.workflowservice.v1.WorkflowService' });
  assert.equal(health.status, 1);
});

test('core 11.2: the same request id gives the same run, and says that it started', async () => {
  const request = {
    namespace: 'default',
    workflowId: world.id('repeated'),
    workflowType: { name: 'counter' },
    taskQueue: { name: 'nobody' },
    requestId: world.id('request'),
  };
  const first = await service().startWorkflowExecution(request);
  const again = await service().startWorkflowExecution(request);
  assert.deepEqual([again.runId, again.started], [first.runId, true]);
});

test('core trap 17: a poll that gets nothing ends empty and OK', async () => {
  const poll = await world.connection.withDeadline(Date.now() + 3000, () => service().pollWorkflowTaskQueue({
    namespace: 'default', taskQueue: { name: world.id('empty') }, identity: 'wire',
  }));
  assert.equal(poll.taskToken.length, 0);
});

test('core traps 13 and 15: durations that are zero are on the event', async () => {
  const handle = await world.start('activityFor', ['greet', ['x']]);
  await handle.result();
  const { events } = await handle.fetchHistory();
  const scheduled = events.find((e) => e.activityTaskScheduledEventAttributes).activityTaskScheduledEventAttributes;
  assert.ok(scheduled.scheduleToCloseTimeout && scheduled.heartbeatTimeout);
  const started = events[0].workflowExecutionStartedEventAttributes;
  assert.equal(Number(started.firstWorkflowTaskBackoff.seconds), 0);
});

test('a bad request says what is wrong with it', async () => {
  await assert.rejects(
    service().startWorkflowExecution({ namespace: 'default', taskQueue: { name: 'q' }, workflowType: { name: 't' } }),
    (e) => e.code === 3 && e.details === 'WorkflowId is not set on request.');
});

test('an unknown namespace is not found', async () => {
  await assert.rejects(
    service().describeNamespace({ namespace: 'nowhere' }), (e) => e.code === 5 && /nowhere is not found/.test(e.details));
});
