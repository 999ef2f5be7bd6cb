'use strict';
const nexus = require('nexus-rpc');
const { WorkflowRunOperationHandler, startWorkflow } = require('@temporalio/nexus');
const { ApplicationFailure } = require('@temporalio/common');
const desk = require('./desk');

/** How often each word has stumbled. */
const stumbled = new Map();

module.exports = {
  stumbled,

  services: [nexus.serviceHandler(desk, {
    say: async (_, what) => what,

    fail: async (_, why) => {
      throw new nexus.OperationError('failed', why, { cause: ApplicationFailure.create({ message: 'because', type: 'Reason' }) });
    },

    /** Succeeds when it is tried again. */
    stumble: async (_, what) => {
      stumbled.set(what, (stumbled.get(what) ?? 0) + 1);
      if (stumbled.get(what) === 1) throw new nexus.HandlerError('INTERNAL', 'stumbled');
      return what;
    },

    /** Has a counter do it: the sum of what it is told. */
    count: new WorkflowRunOperationHandler(
      (context, workflowId) => startWorkflow(context, 'counter', { workflowId, args: [] })),
  })],
};
