'use strict';
// All suites in one process: they share one engine, one worker and one bundle of workflows.
const { before, after } = require('node:test');
const { startEngine } = require('./engine');
const world = require('./world');

before(async () => {
  world.engine = await startEngine();
  await world.open();
});

after(async () => {
  await world.close();
  await world.engine.stop();
});

for (const suite of ['basics', 'messages', 'activities', 'children', 'chains', 'cancellation', 'visibility', 'updates', 'schedules', 'versioning', 'nexus', 'standalone', 'environments', 'wire']) {
  require(`./suites/${suite}`);
}
