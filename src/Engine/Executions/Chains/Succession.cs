using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Chains;

/// <summary>Whether a run that ends by itself is followed by another: a retry first, then the next cron run.</summary>
/// <remarks>The close event names the next run, so its id is drawn before the event is written; <see cref="Begin"/>
/// then starts it in the same transition.</remarks>
internal sealed record Succession
{
    private ContinueAsNewInitiator Initiator { get; init; }

    private TimeSpan Backoff { get; init; }

    private Failure? Failure { get; init; }

    private Payloads? LastResult { get; init; }

    /// <summary>What the close event says of retries.</summary>
    public RetryState RetryState { get; private init; }

    /// <summary>The next run; null when the chain ends here.</summary>
    public RunId? NextRun { get; private init; }

    /// <summary>The next run's id as events carry it; empty when there is none.</summary>
    public string NextRunId => NextRun?.ToString() ?? "";

    /// <summary>The chain ends here, whatever the run's policy says.</summary>
    public static Succession None(RetryState state) => new() { RetryState = state };

    public static Succession AfterSuccess(RunState state, Payloads? result, DecisionContext context) =>
        Cron(state, failure: null, result, RetryState.Unspecified, context);

    /// <summary>After a failure, or a run timeout, which counts as one.</summary>
    public static Succession AfterFailure(RunState state, Failure failure, DecisionContext context)
    {
        var retry = RetryPolicies.NextRetry(
            state.Started.RetryPolicy,
            state.Started.Attempt,
            failure,
            context.Now,
            RunExpiry.ExecutionExpiry(state),
            delayIgnoresMaximum: false);
        if (!retry.IsRetried)
        {
            return Cron(state, failure, state.Started.LastCompletionResult, retry.State, context);
        }

        return new Succession
        {
            RetryState = retry.State,
            Initiator = ContinueAsNewInitiator.Retry,
            Backoff = retry.Delay,
            Failure = failure,
            LastResult = state.Started.LastCompletionResult,
            NextRun = new RunId(context.Ids.Next()),
        };
    }

    /// <summary>Starts the next run beside the closed one, if there is to be one.</summary>
    public void Begin(Draft closed)
    {
        if (NextRun is not { } run)
        {
            return;
        }

        var started = closed.State.Started;
        var isRetry = Initiator == ContinueAsNewInitiator.Retry;
        var attributes = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = started.WorkflowType,
            TaskQueue = started.TaskQueue,
            Input = started.Input,
            Header = started.Header,
            WorkflowRunTimeout = started.WorkflowRunTimeout,
            WorkflowTaskTimeout = started.WorkflowTaskTimeout,
            RetryPolicy = started.RetryPolicy,
            CronSchedule = started.CronSchedule,
            Memo = started.Memo,
            SearchAttributes = started.SearchAttributes,
            Attempt = isRetry ? started.Attempt + 1 : 1,
            Initiator = Initiator,
            ContinuedFailure = Failure,
            LastCompletionResult = LastResult,
        };
        if (isRetry)
        {
            // Each cron run has its own end to tell of; a retry only postpones it.
            attributes.CompletionCallbacks.AddRange(closed.State.Nexus.CallbacksInOrder);
        }

        Inheritance.Retry(attributes, closed.State, isRetry);
        NextInChain.Begin(closed, run, attributes, Backoff);
    }

    private static Succession Cron(
        RunState state, Failure? failure, Payloads? lastResult, RetryState retryState, DecisionContext context) =>
        CronSchedules.Backoff(state.Started.CronSchedule, state.FirstTaskAt, context.Now) is { } backoff
            ? new Succession
            {
                RetryState = retryState,
                Initiator = ContinueAsNewInitiator.CronSchedule,
                Backoff = backoff,
                Failure = failure,
                LastResult = lastResult,
                NextRun = new RunId(context.Ids.Next()),
            }
            : None(retryState);
}
