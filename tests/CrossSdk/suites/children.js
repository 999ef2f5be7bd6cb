'use strict';
const assert = require('node:assert');
const world = require('../world');

const { test } = world;

test('a child gives its result to its parent', async () => {
  assert.equal(await world.run('parent', ['greeting', ['child']]), 'Hello, child!');
});

test('a child that fails fails in its parent with its failure', async () => {
  const failure = await world.run('parent', ['failing', []]).catch((e) => e);
  assert.deepEqual(
    [failure.cause.name, failure.cause.workflowType, failure.cause.cause.type], ['ChildWorkflowFailure', 'failing', 'Broken']);
});

test('core 11.7: root is the top of the tree', async () => {
  const handle = await world.start('parent', ['parent', ['whoAmI', []]]);
  const grandchild = await handle.result();
  assert.equal(grandchild.root.workflowId, handle.workflowId);
  assert.notEqual(grandchild.parent.workflowId, handle.workflowId);
});

test('core 11.27: a child whose id runs fails at once', async () => {
  const running = await world.start('counter');
  const failure = await world.run('parent', ['counter', [], { workflowId: running.workflowId }]).catch((e) => e);
  assert.equal(failure.cause.message, 'Workflow execution already started');
  await running.terminate();
});

test('core 11.27: a child has started before it completes', async () => {
  const handle = await world.start('parent', ['echo', [1]]);
  await handle.result();
  const events = await world.events(handle);
  assert.ok(events.indexOf('childWorkflowExecutionStarted') < events.indexOf('childWorkflowExecutionCompleted'));
});

test('a parent signals its child', async () => {
  const [, sum] = await world.run('parentThatSignals');
  assert.equal(sum, 3);
});

test('a parent cancels its child and waits for it', async () => {
  assert.equal(await world.run('parentThatCancels'), 'cancelled');
});

for (const [policy, status] of [['TERMINATE', 'TERMINATED'], ['REQUEST_CANCEL', 'CANCELLED'], ['ABANDON', 'RUNNING']]) {
  test(`a child whose parent ends follows its policy: ${policy}`, async () => {
    const childId = world.id('child');
    await world.run('abandoningParent', [childId, policy]);
    const child = world.client.workflow.getHandle(childId);
    const described = await world.eventually(() => child.describe(), (it) => it.status.name === status);
    assert.equal(described.status.name, status);
    if (policy === 'ABANDON') await child.terminate();
  });
}

test('a workflow signals and cancels a stranger, and learns of one that is not there', async () => {
  const stranger = await world.start('counter');
  assert.equal(await world.run('externalCaller', [stranger.workflowId, 'signal']), 'delivered');
  assert.equal(await stranger.query('total'), 7);
  assert.equal(await world.run('externalCaller', [stranger.workflowId, 'cancel']), 'delivered');
  await stranger.result().catch((e) => assert.equal(e.cause.name, 'CancelledFailure'));
  assert.notEqual(await world.run('externalCaller', [world.id('nobody'), 'signal']), 'delivered');
});
