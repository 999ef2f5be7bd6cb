using AugmentedOS.Engine.Executions.Resetting;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Chains;

/// <summary>The next run of a chain, however it came about.</summary>
internal static class NextInChain
{
    /// <summary>Starts it beside the run that just closed: with what every run of a chain inherits, and its first
    /// workflow task, which waits when there is a backoff.</summary>
    /// <param name="attributes">What the cause of the new run decides.</param>
    public static void Begin(
        Draft closed, RunId run, WorkflowExecutionStartedEventAttributes attributes, TimeSpan backoff)
    {
        var previous = closed.State;
        Inherit(attributes, closed, run);
        attributes.FirstWorkflowTaskBackoff = AtLeastMinimum(backoff, previous, closed.Context).ToProto();
        var next = Draft.Begin(
            new RunKey(previous.Key.Workflow, run),
            new HistoryEvent { WorkflowExecutionStartedEventAttributes = attributes },
            closed.Context.Ids.Next().ToString("D"),
            closed.Context);
        WorkflowTasks.Ensure(next);
        closed.Successor = next;
    }

    private static void Inherit(WorkflowExecutionStartedEventAttributes attributes, Draft closed, RunId run)
    {
        var previous = closed.State;
        var started = previous.Started;
        attributes.WorkflowId = previous.Key.WorkflowId;
        attributes.ContinuedExecutionRunId = previous.Key.Run.ToString();
        attributes.FirstExecutionRunId = started.FirstExecutionRunId;
        attributes.OriginalExecutionRunId = run.ToString();
        attributes.WorkflowExecutionTimeout = started.WorkflowExecutionTimeout;
        attributes.WorkflowExecutionExpirationTime = RunExpiry.ExecutionExpiry(previous)?.ToTimestamp();
        attributes.ParentWorkflowNamespace = started.ParentWorkflowNamespace;
        attributes.ParentWorkflowNamespaceId = started.ParentWorkflowNamespaceId;
        attributes.ParentWorkflowExecution = started.ParentWorkflowExecution;
        attributes.ParentInitiatedEventId = started.ParentInitiatedEventId;
        attributes.RootWorkflowExecution = started.RootWorkflowExecution;
        attributes.PrevAutoResetPoints = AutoResetPoints.OfNext(previous, closed.Context);
        attributes.Priority = previous.Options.Priority;
        previous.Time?.PassOn(attributes);
    }

    /// <summary>A chain of runs that end at once is slowed down, so that it does not spin.</summary>
    private static TimeSpan AtLeastMinimum(TimeSpan backoff, RunState previous, DecisionContext context)
    {
        var lifetime = context.Now - previous.FirstTaskAt;
        var minimum = context.Limits.MinContinueAsNewInterval;
        return lifetime + backoff < minimum ? minimum - lifetime : backoff;
    }
}
