'use strict';
const assert = require('node:assert');
const { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } = require('@temporalio/client');
const world = require('../world');

const { test } = world;
const HOUR = 3_600_000;

function create(word, options = {}) {
  return world.client.schedule.create({
    scheduleId: world.id('schedule'),
    spec: { intervals: [{ every: '1 day', offset: '6 hours' }] },
    action: { type: 'startWorkflow', workflowType: 'scheduled', args: [word], taskQueue: world.taskQueue, workflowId: world.id('scheduled') },
    ...options,
  });
}

/** The results of a schedule's runs, when there are as many as wanted. */
async function results(handle, count) {
  const { info } = await world.eventually(() => handle.describe(), ({ info }) =>
    info.recentActions.length >= count && info.runningActions.length === 0);
  return Promise.all(info.recentActions.map(({ action }) =>
    world.client.workflow.getHandle(action.workflow.workflowId).result().catch((e) => e.cause.message)));
}

test('operations 8.21: a schedule is described as it was made, with ten times to come', async () => {
  const handle = await create('x', {
    spec: { calendars: [{ hour: 6, dayOfWeek: { start: 'MONDAY', end: 'FRIDAY' }, comment: 'mornings' }], timezone: 'Europe/Vienna' },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '1 hour' },
    memo: { why: 'because' },
    state: { paused: true, note: 'not yet' },
  });
  const described = await handle.describe();
  assert.equal(described.info.nextActionTimes.length, 10);
  assert.ok(described.info.nextActionTimes.every((time) => ![0, 6].includes(time.getUTCDay())));
  const [calendar] = described.spec.calendars;
  assert.deepEqual(calendar.hour, [{ start: 6, end: 6, step: 1 }]);
  assert.deepEqual(calendar.dayOfWeek, [{ start: 'MONDAY', end: 'FRIDAY', step: 1 }]);
  assert.deepEqual(calendar.minute, [{ start: 0, end: 0, step: 1 }]);
  assert.equal(calendar.comment, 'mornings');
  assert.equal(described.spec.timezone, 'Europe/Vienna');
  assert.deepEqual(
    [described.policies.overlap, described.policies.catchupWindow, described.policies.pauseOnFailure], ['BUFFER_ONE', HOUR, false]);
  assert.deepEqual(described.memo, { why: 'because' });
  assert.deepEqual([described.state.paused, described.state.note], [true, 'not yet']);
  assert.deepEqual([described.action.workflowType, described.action.args], ['scheduled', ['x']]);
  await handle.delete();
});

test('operations 8.22: a triggered run is named after its time and carries its schedule', async () => {
  const handle = await create('x');
  await handle.trigger();
  const { info, action } = await handle.describe();
  const { workflowId } = info.recentActions[0].action.workflow;
  assert.match(workflowId, new RegExp(`^${action.workflowId}-\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$`));
  const run = await world.client.workflow.getHandle(workflowId).describe();
  assert.deepEqual(run.searchAttributes.TemporalScheduledById, [handle.scheduleId]);
  assert.deepEqual(await results(handle, 1), ['x after nothing']);
  await handle.delete();
});

test('operations 8.23: a backfill makes up for the time that was missed, each run with the last result', async () => {
  const handle = await create('day');
  const day = (number) => new Date(Date.UTC(2026, 0, number));
  await handle.backfill({ start: day(1), end: day(4), overlap: ScheduleOverlapPolicy.BUFFER_ALL });
  assert.deepEqual(await results(handle, 3), ['day after nothing', 'day after day after nothing', 'day after day after day after nothing']);
  const { info } = await handle.describe();
  assert.deepEqual(info.recentActions.map(({ scheduledAt }) => scheduledAt.getUTCHours()), [6, 6, 6]);
  assert.equal(info.numActionsTaken, 3);
  await handle.delete();
});

test('operations 8.23: a failure pauses the schedule when it should', async () => {
  const handle = await create('fail', { policies: { pauseOnFailure: true } });
  await handle.trigger();
  const { state } = await world.eventually(() => handle.describe(), (described) => described.state.paused);
  assert.match(state.note, /^paused due to workflow failure: .*: on purpose$/);
  await handle.delete();
});

test('a paused schedule acts when it is told to, and on its own only when unpaused', async () => {
  const handle = await create('x', { spec: { intervals: [{ every: '1s' }] }, state: { paused: true } });
  await handle.trigger();
  assert.deepEqual(await results(handle, 1), ['x after nothing']);
  assert.equal((await handle.describe()).info.numActionsTaken, 1);
  await handle.unpause('go');
  const going = await world.eventually(() => handle.describe(), ({ info }) => info.numActionsTaken > 1);
  assert.deepEqual([going.state.paused, going.state.note], [false, 'go']);
  await handle.pause('enough');
  const paused = await handle.describe();
  assert.deepEqual([paused.state.paused, paused.state.note], [true, 'enough']);
  await handle.delete();
});

test('operations 8.24: an update changes what and when and keeps the rest', async () => {
  const handle = await create('before', { memo: { why: 'because' }, searchAttributes: { Customer: ['ada'] } });
  await handle.update((previous) => ({
    ...previous,
    spec: { intervals: [{ every: '2 hours' }] },
    action: { ...previous.action, args: ['after'] },
    searchAttributes: { Customer: ['bob'] },
    typedSearchAttributes: undefined, // Those of before would win.
  }));
  await handle.trigger();
  assert.deepEqual(await results(handle, 1), ['after after nothing']);
  const described = await handle.describe();
  assert.deepEqual(described.spec.intervals.map(({ every }) => every), [2 * HOUR]);
  assert.deepEqual(described.searchAttributes.Customer, ['bob']);
  assert.deepEqual(described.memo, { why: 'because' });
  assert.ok(described.info.lastUpdatedAt >= described.info.createdAt);
  await handle.delete();
});

test('operations 8.25: schedules are listed by their attributes, page by page', async () => {
  const customer = world.id('customer');
  const handles = await Promise.all([1, 2, 3].map(() => create('x', { searchAttributes: { Customer: [customer] } })));
  const listed = [];
  for await (const schedule of world.client.schedule.list({ query: `Customer = '${customer}'`, pageSize: 2 })) listed.push(schedule);
  assert.deepEqual(listed.map(({ scheduleId }) => scheduleId).sort(), handles.map(({ scheduleId }) => scheduleId).sort());
  assert.equal(listed[0].action.workflowType, 'scheduled');
  assert.ok(listed[0].info.nextActionTimes.length > 0);
  await Promise.all(handles.map((handle) => handle.delete()));
});

test('a schedule with actions to spare runs out of them', async () => {
  const handle = await create('x', { state: { paused: true, remainingActions: 2 } });
  assert.equal((await handle.describe()).info.nextActionTimes.length, 2);
  const day = (number) => new Date(Date.UTC(2026, 0, number));
  await handle.backfill({ start: day(1), end: day(4), overlap: ScheduleOverlapPolicy.BUFFER_ALL });
  assert.equal((await results(handle, 3)).length, 3); // A backfill is asked for, and counts against nothing.
  assert.equal((await handle.describe()).state.remainingActions, 2);
  await handle.update((previous) => ({ ...previous, spec: { intervals: [{ every: '1s' }] }, state: { ...previous.state, paused: false } }));
  // The last one is spent before it has started, or when the one before it still runs.
  const spent = await world.eventually(() => handle.describe(), ({ state, info }) =>
    !state.remainingActions && info.numActionsTaken + info.numActionsSkippedOverlap === 5);
  assert.equal(spent.info.nextActionTimes.length, 0);
  await handle.delete();
});

test('a taken schedule id is refused, a deleted one is not found', async () => {
  const handle = await create('x');
  await assert.rejects(create('x', { scheduleId: handle.scheduleId }), ScheduleAlreadyRunning);
  await handle.delete();
  await assert.rejects(handle.describe(), ScheduleNotFoundError);
  await assert.rejects(handle.trigger(), ScheduleNotFoundError);
});
