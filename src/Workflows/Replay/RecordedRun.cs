using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace AugmentedOS.Workflows.Replay;

/// <summary>One run's history, as it was recorded.</summary>
public sealed record RecordedRun
{
    private RecordedRun(WorkflowHistory history, string workflowType, string runId, DateTimeOffset startedAt) =>
        (History, WorkflowType, RunId, StartedAt) = (history, workflowType, runId, startedAt);

    /// <summary>The history, with all of its events.</summary>
    public WorkflowHistory History { get; }

    /// <summary>The workflow's id.</summary>
    public string WorkflowId => History.Id;

    /// <summary>The run's id; empty when the history came without it.</summary>
    public string RunId { get; }

    /// <summary>The name of its workflow type.</summary>
    public string WorkflowType { get; }

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How it stood when the history was taken.</summary>
    public RunState State => History.Events.Last().EventType switch
    {
        EventType.WorkflowExecutionCompleted => RunState.Completed,
        EventType.WorkflowExecutionFailed => RunState.Failed,
        EventType.WorkflowExecutionTimedOut => RunState.TimedOut,
        EventType.WorkflowExecutionCanceled => RunState.Canceled,
        EventType.WorkflowExecutionTerminated => RunState.Terminated,
        EventType.WorkflowExecutionContinuedAsNew => RunState.ContinuedAsNew,
        _ => RunState.Open,
    };

    /// <summary>Whether it goes on, and so has to get along with what is deployed next.</summary>
    public bool IsOpen => State == RunState.Open;

    /// <summary>Takes a history for what its first event says.</summary>
    /// <param name="history">A whole history.</param>
    /// <param name="runId">The run's id, where it is known better than from the history: a reset run's history begins
    /// as that of the run it was made from.</param>
    /// <exception cref="ArgumentException">It does not begin with the run's start.</exception>
    public static RecordedRun Of(WorkflowHistory history, string? runId = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        var first = history.Events.FirstOrDefault();
        if (first?.WorkflowExecutionStartedEventAttributes is not { } started)
        {
            throw new ArgumentException(
                $"The history of '{history.Id}' does not begin with WorkflowExecutionStarted, so it cannot be "
                + "replayed. Take all pages of the history, not its end alone.",
                nameof(history));
        }

        var id = history.Id.Length > 0 ? history.Id : started.WorkflowId;
        return new RecordedRun(
            history with { Id = id },
            started.WorkflowType.Name,
            runId ?? started.OriginalExecutionRunId,
            first.EventTime?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch);
    }

    internal HistoryEvent Event(long id) => History.Events.First(recorded => recorded.EventId == id);
}
