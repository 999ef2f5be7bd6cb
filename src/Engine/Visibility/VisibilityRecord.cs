using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>A run as lists show it and filters see it.</summary>
internal sealed record VisibilityRecord
{
    public required long RunNumber { get; init; }

    public required RunKey Key { get; init; }

    public required string WorkflowType { get; init; }

    public required string TaskQueue { get; init; }

    public WorkflowExecutionStatus Status { get; init; } = WorkflowExecutionStatus.Running;

    public required Instant StartTime { get; init; }

    /// <summary>
    /// When the first workflow task was or is due: later than the start with a delay, cron or backoff.
    /// </summary>
    public required Instant ExecutionTime { get; init; }

    /// <summary>Null while the run is open.</summary>
    public VisibilityClose? Close { get; init; }

    public WorkflowExecution? Parent { get; init; }

    /// <summary>Null when the run is its own root.</summary>
    public WorkflowExecution? Root { get; init; }

    public ImmutableSortedDictionary<string, Payload> Memo { get; init; } =
        ImmutableSortedDictionary<string, Payload>.Empty;

    public ImmutableSortedDictionary<string, Payload> SearchAttributes { get; init; } =
        ImmutableSortedDictionary<string, Payload>.Empty;

    /// <summary>Where the run waits and from when. Of an activity without a workflow both may change.</summary>
    public static (string Queue, Instant At) WorkOf(RunState state) => (
        state.Activity is null ? state.Started.TaskQueue?.Name ?? "" : ActivityRun.Of(state).Attributes.TaskQueue.Name,
        state.FirstTaskAt);

    public static VisibilityRecord Of(long runNumber, RunState state)
    {
        var started = state.Started;
        var work = WorkOf(state);
        var root = started.RootWorkflowExecution;
        return new VisibilityRecord
        {
            RunNumber = runNumber,
            Key = state.Key,
            WorkflowType = started.WorkflowType?.Name ?? "",
            TaskQueue = work.Queue,
            Status = state.Status,
            StartTime = state.StartedAt,
            ExecutionTime = work.At,
            Close = VisibilityClose.Of(state),
            Parent = started.ParentWorkflowExecution,
            Root = root is null || root.RunId == state.Key.Run.ToString() ? null : root,
            Memo = state.Memo,
            SearchAttributes = state.SearchAttributes,
        };
    }
}

/// <summary>What is known of a run only when it has closed.</summary>
internal sealed record VisibilityClose(Instant Time, long HistoryLength, long HistorySize, long StateTransitions)
{
    /// <summary>Null while the run is open.</summary>
    public static VisibilityClose? Of(RunState state) => state.CloseEvent is { } closing
        ? new VisibilityClose(
            Instant.From(closing.EventTime), state.LastEventId, state.HistorySize, state.Transitions)
        : null;

    /// <summary>
    /// Nanoseconds from <paramref name="from"/> to the close; never negative, though a clock may step back.
    /// </summary>
    public long DurationSince(Instant from)
    {
        var ticks = Math.Max(0, Time.Ticks - from.Ticks);
        return ticks > long.MaxValue / TimeSpan.NanosecondsPerTick
            ? long.MaxValue
            : ticks * TimeSpan.NanosecondsPerTick;
    }
}
