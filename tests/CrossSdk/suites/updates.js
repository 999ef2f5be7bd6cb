'use strict';
const assert = require('node:assert');
const { WithStartWorkflowOperation, WorkflowUpdateFailedError, WorkflowUpdateStage } = require('@temporalio/client');
const world = require('../world');

const { test } = world;

test('an update returns what its handler returns', async () => {
  const handle = await world.start('counter');
  assert.equal(await handle.executeUpdate('bump', { args: [2] }), 2);
  assert.equal(await handle.executeUpdate('bump', { args: [3] }), 5);
  const events = await world.events(handle);
  assert.equal(events.filter((e) => e === 'workflowExecutionUpdateCompleted').length, 2);
  await handle.terminate();
});

test('operations 8.1: a rejected update leaves no trace', async () => {
  const handle = await world.start('counter');
  await handle.query('total');
  const before = await world.events(handle);
  await assert.rejects(
    handle.executeUpdate('bump', { args: [-1] }),
    (e) => e instanceof WorkflowUpdateFailedError && /must not be negative/.test(e.cause.message));
  assert.deepEqual(await world.events(handle), before);
  await handle.terminate();
});

test('an update that fails gives its failure', async () => {
  const handle = await world.start('counter');
  await assert.rejects(
    handle.executeUpdate('bump', { args: [0] }), (e) => e instanceof WorkflowUpdateFailedError && e.cause.type === 'Zero');
  await handle.terminate();
});

test('operations 8.7: the same update id gives the first result', async () => {
  const handle = await world.start('counter');
  const options = { updateId: 'once', args: [4] };
  assert.equal(await handle.executeUpdate('bump', options), 4);
  assert.equal(await handle.executeUpdate('bump', options), 4);
  assert.equal(await handle.query('total'), 4);
  await handle.terminate();
});

test('an accepted update is found by its id', async () => {
  const handle = await world.start('counter');
  const started = await handle.startUpdate('bump', { args: [1], waitForStage: WorkflowUpdateStage.ACCEPTED });
  assert.equal(await handle.getUpdateHandle(started.updateId).result(), 1);
  await handle.terminate();
});

test('operations 8.13: an update with start starts once and updates each time', async () => {
  const workflowId = world.id('counter');
  const bump = () => {
    const startWorkflowOperation = new WithStartWorkflowOperation('counter', {
      workflowId, taskQueue: world.taskQueue, args: [], workflowIdConflictPolicy: 'USE_EXISTING',
    });
    return world.client.workflow.executeUpdateWithStart('bump', { startWorkflowOperation, args: [5] });
  };
  assert.equal(await bump(), 5);
  assert.equal(await bump(), 10);
  await world.client.workflow.getHandle(workflowId).terminate();
});
