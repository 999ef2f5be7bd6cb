'use strict';
const wf = require('@temporalio/workflow');
const desk = require('./desk');

const acts = (options = {}) => wf.proxyActivities({
  startToCloseTimeout: '30s', retry: { initialInterval: 10, backoffCoefficient: 1 }, ...options,
});

exports.echo = async (value) => value;

exports.greeting = async (name) => acts().greet(name);

exports.localGreeting = async (name) =>
  wf.proxyLocalActivities({ startToCloseTimeout: '10s' }).greet(name);

exports.napping = async (ms) => {
  const before = Date.now();
  await wf.sleep(ms);
  return Date.now() - before;
};

exports.failing = async () => {
  throw wf.ApplicationFailure.create({ message: 'broken', type: 'Broken', details: [1, 'two'], nonRetryable: true });
};

exports.failingUntil = async (attempt) => {
  const { attempt: now } = wf.workflowInfo();
  if (now < attempt) throw wf.ApplicationFailure.retryable(`attempt ${now}`);
  return now;
};

exports.whoAmI = async () => {
  const info = wf.workflowInfo();
  return {
    id: info.workflowId,
    run: info.runId,
    first: info.firstExecutionRunId,
    attempt: info.attempt,
    length: info.historyLength,
    size: info.historySize,
    taskTimeout: info.taskTimeoutMs,
    runTimeout: info.runTimeoutMs ?? null,
    parent: info.parent ?? null,
    root: info.root ?? null,
    memo: info.memo ?? null,
    suggested: info.continueAsNewSuggested,
  };
};

const finish = wf.defineSignal('finish');
const add = wf.defineSignal('add');
const total = wf.defineQuery('total');
const bump = wf.defineUpdate('bump');

exports.counter = async () => {
  let sum = 0;
  let done = false;
  const seen = [];
  wf.setHandler(add, (value) => {
    sum += value;
    seen.push(value);
  });
  wf.setHandler(total, (what) => {
    if (what === 'fail') throw new Error('no such total');
    return what === 'seen' ? seen : sum;
  });
  wf.setHandler(finish, () => {
    done = true;
  });
  wf.setHandler(bump, async (value) => {
    if (value === 0) throw wf.ApplicationFailure.create({ message: 'zero fails', type: 'Zero' });
    sum += value;
    return sum;
  }, {
    validator: (value) => {
      if (value < 0) throw new Error('must not be negative');
    },
  });
  await wf.condition(() => done);
  return sum;
};

exports.activityFor = async (name, args = [], options = {}) => acts(options)[name](...args);

exports.manyActivities = async (count) => {
  const all = await Promise.all(Array.from({ length: count }, (_, n) => acts().greet(n)));
  return all.length;
};

exports.cancelActivity = async (cancellationType) => {
  const scope = new wf.CancellationScope();
  const running = scope.run(() => acts({ heartbeatTimeout: '2s', cancellationType, retry: { maximumAttempts: 1 } }).waitForCancel());
  await wf.sleep(100);
  scope.cancel();
  try {
    await running;
    return 'completed';
  } catch (failure) {
    return wf.isCancellation(failure) ? 'cancelled' : `failed ${failure}`;
  }
};

exports.cancellable = async (cleanUp) => {
  try {
    await wf.sleep('1 hour');
    return 'woke up';
  } catch (failure) {
    if (!wf.isCancellation(failure) || !cleanUp) throw failure;
    return wf.CancellationScope.nonCancellable(() => acts().greet('cleaner'));
  }
};

exports.raceTimer = async () => {
  const winner = await wf.CancellationScope.cancellable(async () => {
    const slow = wf.sleep('1 hour').then(() => 'slow', () => 'slow was cancelled');
    const fast = await wf.sleep(10).then(() => 'fast');
    wf.CancellationScope.current().cancel();
    return [fast, await slow];
  }).catch((failure) => String(failure));
  return winner;
};

exports.parent = async (type, args, options = {}) => wf.executeChild(type, { args, ...options });

exports.parentThatSignals = async () => {
  const child = await wf.startChild('counter', { args: [] });
  await child.signal(add, 3);
  await child.signal(finish);
  return [child.workflowId, await child.result()];
};

exports.parentThatCancels = async () => {
  const scope = new wf.CancellationScope();
  const child = scope.run(() => wf.executeChild('cancellable', {
    args: [false], cancellationType: wf.ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
  }));
  await wf.sleep(50);
  scope.cancel();
  return child.then(() => 'completed', (failure) => (wf.isCancellation(failure) ? 'cancelled' : `failed ${failure}`));
};

exports.abandoningParent = async (childId, parentClosePolicy) => {
  await wf.startChild('cancellable', { workflowId: childId, args: [false], parentClosePolicy });
  return 'left';
};

exports.externalCaller = async (workflowId, what) => {
  const other = wf.getExternalWorkflowHandle(workflowId);
  try {
    await (what === 'cancel' ? other.cancel() : other.signal(add, 7));
    return 'delivered';
  } catch (failure) {
    return failure.name;
  }
};

exports.chain = async (left) => {
  if (left > 0) await wf.continueAsNew(left - 1);
  return wf.workflowInfo().firstExecutionRunId;
};

exports.lastResult = async () => {
  const { lastResult } = wf.workflowInfo();
  return (lastResult ?? 0) + 1;
};

exports.attributes = async () => {
  wf.upsertSearchAttributes({ Customer: ['bob'], Amount: [7] });
  wf.upsertMemo({ note: 'written inside' });
  await wf.sleep(1);
  return wf.workflowInfo().searchAttributes;
};

exports.patched = async () => (wf.patched('new-way') ? 'new' : 'old');

exports.random = async () => [wf.uuid4() !== wf.uuid4(), Math.random() !== Math.random()];

exports.large = async (bytes) => 'x'.repeat(bytes);

/** Says how it was started, and knows what the run before it came to. */
exports.scheduled = async (word) => {
  const { lastResult, lastFailure } = wf.workflowInfo();
  if (word === 'fail') throw wf.ApplicationFailure.nonRetryable('on purpose');
  return `${word} after ${lastResult ?? lastFailure?.message ?? 'nothing'}`;
};

const at = () => wf.workflowInfo().currentDeploymentVersion?.buildId ?? 'none';
const goOn = wf.defineSignal('goOn');

const builds = async () => {
  let goesOn = false;
  wf.setHandler(goOn, () => {
    goesOn = true;
  });
  const first = at();
  await wf.condition(() => goesOn);
  return [first, at()];
};

/** The builds that it ran on before and after it was told to go on. */
exports.moving = async () => builds();
wf.setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, exports.moving);

exports.pinned = async () => builds();
wf.setWorkflowOptions({ versioningBehavior: 'PINNED' }, exports.pinned);

/** Pinned, but its next run begins where workflows go by then. */
exports.upgrading = async (isSecond) => {
  if (isSecond) return [at()];
  await builds();
  const next = wf.makeContinueAsNewFunc({ initialVersioningBehavior: 'AUTO_UPGRADE' });
  return next(true);
};
wf.setWorkflowOptions({ versioningBehavior: 'PINNED' }, exports.upgrading);

const clientOf = (endpoint) => wf.createNexusServiceClient({ endpoint, service: desk });

exports.caller = async (endpoint, operation, input, options = {}) => clientOf(endpoint).executeOperation(operation, input, options);

/** Cancels the operation when it has started, and tells how the operation ended for it. */
exports.cancellingCaller = async (endpoint, input, cancellationType) => {
  const scope = new wf.CancellationScope();
  const operation = await scope.run(() => clientOf(endpoint).startOperation('count', input, { cancellationType }));
  scope.cancel();
  try {
    return await operation.result();
  } catch (failure) {
    return wf.isCancellation(failure) ? 'cancelled' : `failed ${failure}`;
  }
};
