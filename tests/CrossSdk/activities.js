'use strict';
const { Context, CancelledFailure, ApplicationFailure, CompleteAsyncError, sleep, heartbeat } = require('@temporalio/activity');

const tokens = new Map();

module.exports = {
  /** Task tokens of activities that were left to be completed from outside, by workflow id. */
  tokens,

  async greet(name) {
    return `Hello, ${name}!`;
  },

  async failUntil(attempt) {
    const { info } = Context.current();
    if (info.attempt < attempt) throw ApplicationFailure.retryable(`attempt ${info.attempt} failed`, 'Again');
    return `attempt ${info.attempt}`;
  },

  async failForGood() {
    throw ApplicationFailure.nonRetryable('never', 'Never', 1, 'two');
  },

  async resumeFromHeartbeat() {
    const { info } = Context.current();
    if (info.heartbeatDetails) return info.heartbeatDetails;
    heartbeat('half way');
    throw ApplicationFailure.retryable('lost');
  },

  async waitForCancel() {
    try {
      for (;;) {
        heartbeat();
        await sleep(50);
      }
    } catch (failure) {
      if (failure instanceof CancelledFailure) heartbeat('cleaned up');
      throw failure;
    }
  },

  async hang() {
    await sleep('1 hour');
  },

  async handOver() {
    const { info } = Context.current();
    tokens.set(info.workflowExecution.workflowId, info.taskToken);
    throw new CompleteAsyncError();
  },

  async whoAmI() {
    const { info } = Context.current();
    return { type: info.activityType, attempt: info.attempt, queue: info.taskQueue, namespace: info.activityNamespace };
  },
};
