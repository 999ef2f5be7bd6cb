'use strict';
const { randomUUID } = require('node:crypto');
const { test } = require('node:test');
const { Client, Connection } = require('@temporalio/client');
const { NativeConnection, Runtime, Worker, bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
const activities = require('./activities');
const handlers = require('./handlers');

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** What the suites share: the engine, a client, and a worker on one task queue that knows all workflows. */
const world = {
  engine: undefined,
  client: undefined,
  taskQueue: `cross-${randomUUID()}`,

  async open() {
    world.connection = await Connection.connect({ address: world.engine.address });
    world.native = await NativeConnection.connect({ address: world.engine.address });
    world.client = new Client({ connection: world.connection });
    world.eager = new Client({ connection: world.native });
    world.bundle = await bundleWorkflowCode({ workflowsPath: require.resolve('./workflows'), logger: new DefaultLogger('ERROR') });
    world.worker = await world.newWorker();
    world.running = world.worker.run();
  },

  async close() {
    world.worker.shutdown();
    await world.running;
    await world.native.close();
    await world.connection.close();
  },

  /** A worker that knows all workflows, activities and Nexus services. */
  newWorker(options = {}) {
    return Worker.create({
      connection: world.native,
      workflowBundle: world.bundle,
      activities,
      nexusServices: handlers.services,
      taskQueue: world.taskQueue,
      shutdownGraceTime: '1s',
      ...options,
    });
  },

  /** A test that hangs fails by itself and holds nothing else up. */
  test: (name, body) => test(name, { timeout: 60_000 }, body),

  id: (prefix) => `${prefix}-${randomUUID()}`,

  /** An endpoint in front of the shared worker: its name. */
  async endpoint() {
    const name = world.id('endpoint');
    await world.connection.operatorService.createNexusEndpoint({
      spec: { name, target: { worker: { namespace: 'default', taskQueue: world.taskQueue } } },
    });
    return name;
  },

  start(type, args = [], options = {}) {
    return world.client.workflow.start(type, {
      taskQueue: world.taskQueue, workflowId: world.id(type), args, ...options,
    });
  },

  async run(type, args = [], options = {}) {
    return (await world.start(type, args, options)).result();
  },

  /** The event types of a run, without EVENT_TYPE_. */
  async events(handle) {
    const { events } = await handle.fetchHistory();
    return events.map((e) => Object.keys(e).find((key) => key.endsWith('EventAttributes')).replace('EventAttributes', ''));
  },

  /** Asks until the answer is as wanted; the runner's own timeout ends it otherwise. */
  async eventually(ask, isGood) {
    for (;;) {
      const answer = await ask();
      if (isGood(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },
};

module.exports = world;
