'use strict';
const assert = require('node:assert');
const world = require('../world');

const { test } = world;

test('core 11.28: a result follows the chain, and the first run id stays', async () => {
  const handle = await world.start('chain', [3]);
  assert.equal(await handle.result(), handle.firstExecutionRunId);
});

test('core 11.28: a handle of the first run ends the last', async () => {
  const handle = await world.start('chain', [1]);
  await handle.result();
  const counter = await world.start('counter', [], {});
  const bound = world.client.workflow.getHandle(
    counter.workflowId, undefined, { firstExecutionRunId: counter.firstExecutionRunId });
  await bound.terminate('by its chain');
  const failure = await counter.result().catch((e) => e);
  assert.equal(failure.cause.message, 'by its chain');
});

test('a workflow with a retry policy is tried again as a run of its own', async () => {
  assert.equal(await world.run('failingUntil', [3], { retry: { initialInterval: 1, backoffCoefficient: 1 } }), 3);
});

test('cron hands each run the result of the last', async () => {
  const handle = await world.start('lastResult', [], { cronSchedule: '@every 1s' });
  const list = async () => {
    const runs = [];
    for await (const run of world.client.workflow.list({ query: `WorkflowId = '${handle.workflowId}'` })) runs.push(run);
    return runs;
  };
  await world.eventually(list, (runs) => runs.filter((run) => run.status.name === 'COMPLETED').length >= 2);
  const runs = (await list()).filter((run) => run.status.name === 'COMPLETED');
  const results = await Promise.all(runs.map(async (run) => {
    const { events } = await world.client.workflow.getHandle(handle.workflowId, run.runId).fetchHistory();
    return Number(Buffer.from(events.at(-1).workflowExecutionCompletedEventAttributes.result.payloads[0].data));
  }));
  assert.ok(results.includes(1) && results.includes(2), `${results}`);
  await world.client.workflow.getHandle(handle.workflowId).terminate();
});

test('a run whose time is up times out', async () => {
  const failure = await world.run('counter', [], { workflowRunTimeout: '200ms' }).catch((e) => e);
  assert.equal(failure.cause.name, 'TimeoutFailure');
});
