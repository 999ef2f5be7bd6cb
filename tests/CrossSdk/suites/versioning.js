'use strict';
const assert = require('node:assert');
const world = require('../world');

const { test } = world;

/** Two builds of a worker on one queue, and the means to route between them. */
async function withBuilds(body) {
  const taskQueue = world.id('queue');
  const deploymentName = world.id('deployment');
  const workers = await Promise.all(['1', '2'].map((buildId) => world.newWorker({
    taskQueue,
    workerDeploymentOptions: {
      useWorkerVersioning: true, version: { buildId, deploymentName }, defaultVersioningBehavior: 'PINNED',
    },
  })));
  const running = Promise.all(workers.map((worker) => worker.run()));
  const service = world.connection.workflowService;
  const describe = () => service.describeWorkerDeployment({ namespace: 'default', deploymentName });
  const known = async (buildId) => world.eventually(
    () => describe().catch(() => undefined),
    (found) => found?.workerDeploymentInfo.versionSummaries.some((v) => v.deploymentVersion.buildId === buildId));
  try {
    await body({
      setCurrent: async (buildId) => service.setWorkerDeploymentCurrentVersion({
        namespace: 'default', deploymentName, buildId, conflictToken: (await known(buildId)).conflictToken,
      }),
      setRamping: async (buildId, percentage) => service.setWorkerDeploymentRampingVersion({
        namespace: 'default', deploymentName, buildId, percentage, conflictToken: (await known(buildId)).conflictToken,
      }),
      start: async (type, args = []) => {
        const handle = await world.start(type, args, { taskQueue });
        await world.eventually(
          () => handle.describe(), ({ raw }) => raw.workflowExecutionInfo.versioningInfo?.deploymentVersion?.buildId);
        return handle;
      },
    });
  } finally {
    workers.forEach((worker) => worker.shutdown());
    await running;
  }
}

test('operations 8.29: auto-upgrade moves to the current build, pinned stays', () => withBuilds(async ({ setCurrent, start }) => {
  await setCurrent('1');
  const moving = await start('moving');
  const pinned = await start('pinned');
  await setCurrent('2');
  await moving.signal('goOn');
  await pinned.signal('goOn');
  assert.deepEqual(await moving.result(), ['1', '2']);
  assert.deepEqual(await pinned.result(), ['1', '1']);
  const described = await moving.describe();
  assert.equal(described.raw.workflowExecutionInfo.versioningInfo.deploymentVersion.buildId, '2');
}));

test('operations 8.29: a ramp to everything takes new workflows', () => withBuilds(async ({ setCurrent, setRamping, start }) => {
  await setCurrent('1');
  await setRamping('2', 100);
  const pinned = await start('pinned');
  await pinned.signal('goOn');
  assert.deepEqual(await pinned.result(), ['2', '2']);
}));

test('operations 8.30: continue-as-new may take a pinned workflow to the current build', () => withBuilds(async ({ setCurrent, start }) => {
  await setCurrent('1');
  const handle = await start('upgrading', [false]);
  await setCurrent('2');
  await handle.signal('goOn');
  assert.deepEqual(await handle.result(), ['2']);
}));
