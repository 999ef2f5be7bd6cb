'use strict';
const assert = require('node:assert');
const { TestWorkflowEnvironment } = require('@temporalio/testing');
const world = require('../world');

const { test } = world;
const executable = { type: 'existing-path', path: process.env.AOS };

async function withEnvironment(environment, body) {
  try {
    const worker = await world.newWorker({ connection: environment.nativeConnection, namespace: environment.namespace });
    await worker.runUntil(body());
  } finally {
    await environment.teardown();
  }
}

test('the SDK starts the engine as its local development server', async () => {
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await withEnvironment(environment, async () => {
    assert.equal(
      await environment.client.workflow.execute('greeting', {
        taskQueue: world.taskQueue, workflowId: world.id('local'), args: ['Ada'],
      }),
      'Hello, Ada!');
  });
});

test('edges 9.25: the SDK starts the engine as its time-skipping test server, and a month passes at once', async () => {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  await withEnvironment(environment, async () => {
    const before = await environment.currentTimeMs();
    const month = 30 * 24 * 3600 * 1000;
    const slept = await environment.client.workflow.execute('napping', {
      taskQueue: world.taskQueue, workflowId: world.id('month'), args: [month],
    });
    assert.ok(slept >= month);
    assert.ok((await environment.currentTimeMs()) - before >= month);
  });
});
