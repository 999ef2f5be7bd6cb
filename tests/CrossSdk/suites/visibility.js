'use strict';
const assert = require('node:assert');
const { defineSearchAttributeKey, SearchAttributeType } = require('@temporalio/common');
const world = require('../world');

const { test } = world;

const Customer = defineSearchAttributeKey('Customer', SearchAttributeType.KEYWORD);
const Amount = defineSearchAttributeKey('Amount', SearchAttributeType.INT);

test('search attributes are found, listed and counted', async () => {
  const customer = world.id('customer');
  const typedSearchAttributes = [{ key: Customer, value: customer }, { key: Amount, value: 42 }];
  const handle = await world.start('echo', [1], { typedSearchAttributes });
  await handle.result();
  const query = `Customer = '${customer}' AND Amount > 40`;
  const found = [];
  for await (const run of world.client.workflow.list({ query })) found.push(run);
  assert.deepEqual(found.map((run) => run.workflowId), [handle.workflowId]);
  assert.equal(found[0].typedSearchAttributes.get(Amount), 42);
  assert.equal((await world.client.workflow.count(query)).count, 1);
});

test('a workflow changes its own attributes and memo', async () => {
  const handle = await world.start('attributes');
  assert.deepEqual(await handle.result(), { Customer: ['bob'], Amount: [7] });
  const described = await handle.describe();
  assert.equal(described.typedSearchAttributes.get(Customer), 'bob');
  assert.deepEqual(described.memo, { note: 'written inside' });
});

test('operations 8.26: counts by status have a group for each', async () => {
  const customer = world.id('counted');
  const options = { typedSearchAttributes: [{ key: Customer, value: customer }] };
  await (await world.start('echo', [1], options)).result();
  const open = await world.start('counter', [], options);
  const counted = await world.client.workflow.count(`Customer = '${customer}' GROUP BY ExecutionStatus`);
  assert.deepEqual(
    counted.groups.map((group) => [group.groupValues.flat()[0], group.count]).sort(), [['Completed', 1], ['Running', 1]]);
  await open.terminate();
});

test('edges 9.20: an attribute that is not there is refused', async () => {
  await assert.rejects(
    world.start('echo', [1], { searchAttributes: { Nowhere: ['x'] } }),
    (e) => /no mapping defined/.test(e.cause?.details ?? e.message));
});

test('operations 8.27: a query that names an unknown attribute is refused', async () => {
  const list = async () => {
    for await (const run of world.client.workflow.list({ query: "Nowhere = 'x'" })) assert.fail(run.workflowId);
  };
  await assert.rejects(list, (e) => /not a valid search attribute/.test(e.cause?.details ?? e.message));
});
