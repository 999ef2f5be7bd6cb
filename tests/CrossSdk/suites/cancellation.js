'use strict';
const assert = require('node:assert');
const { WorkflowNotFoundError } = require('@temporalio/client');
const world = require('../world');

const { test } = world;

for (const type of ['TRY_CANCEL', 'WAIT_CANCELLATION_COMPLETED', 'ABANDON']) {
  test(`an activity is cancelled: ${type}`, async () => {
    assert.equal(await world.run('cancelActivity', [type]), 'cancelled');
  });
}

test('a workflow is cancelled', async () => {
  const handle = await world.start('cancellable', [false]);
  await handle.cancel();
  const failure = await handle.result().catch((e) => e);
  assert.equal(failure.cause.name, 'CancelledFailure');
  assert.equal((await handle.describe()).status.name, 'CANCELLED');
});

test('a cancelled workflow may clean up and complete', async () => {
  const handle = await world.start('cancellable', [true]);
  await handle.cancel();
  assert.equal(await handle.result(), 'Hello, cleaner!');
});

test('a timer that lost a race is cancelled', async () => {
  const handle = await world.start('raceTimer');
  await handle.result();
  assert.ok((await world.events(handle)).includes('timerCanceled'));
});

test('core 11.9: cancel after the end is taken, terminate is not found', async () => {
  const handle = await world.start('echo', [1]);
  await handle.result();
  await handle.cancel();
  await assert.rejects(handle.terminate(), WorkflowNotFoundError);
});

test('core 11.10: termination tells its reason and details', async () => {
  const handle = await world.start('counter');
  await handle.terminate('enough');
  const failure = await handle.result().catch((e) => e);
  assert.deepEqual([failure.cause.name, failure.cause.message], ['TerminatedFailure', 'enough']);
});
