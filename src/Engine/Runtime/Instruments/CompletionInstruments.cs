using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Runtime.Instruments;

/// <summary>How runs end.</summary>
internal sealed class CompletionInstruments(Meter meter)
{
    private static readonly KeyValuePair<string, object?> Operation = new("operation", "WorkflowCompletionStats");

    private static readonly InstrumentAdvice<long> Bytes = new()
    {
        HistogramBucketBoundaries =
            [1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 10_485_760, 20_971_520, 52_428_800],
    };

    private readonly Counter<long> _success =
        meter.CreateCounter<long>("workflow_success", null, "Runs that completed.");
    private readonly Counter<long> _failed = meter.CreateCounter<long>("workflow_failed", null, "Runs that failed.");
    private readonly Counter<long> _canceled =
        meter.CreateCounter<long>("workflow_cancel", null, "Runs that ended cancelled.");
    private readonly Counter<long> _terminated =
        meter.CreateCounter<long>("workflow_terminate", null, "Runs that were terminated.");

    private readonly Counter<long> _timedOut =
        meter.CreateCounter<long>("workflow_timeout", null, "Runs that timed out.");
    private readonly Counter<long> _continued =
        meter.CreateCounter<long>("workflow_continued_as_new", null, "Runs that continued as new.");

    private readonly Histogram<double> _duration = meter.CreateHistogram<double>(
        "workflow_schedule_to_close_latency", "s", "From a run's start to its end, in seconds.");

    private readonly Histogram<long> _size =
        meter.CreateHistogram("history_size", "By", "Bytes of the history of runs that ended.", null, Bytes);

    private readonly Histogram<long> _count =
        meter.CreateHistogram(
            "history_count", null, "Events of the history of runs that ended.", null, RunInstruments.Counts);

    public void Closed(HistoryEvent closing, RunState state, RunScope scope)
    {
        _size.Record(state.HistorySize, Operation, scope.Namespace);
        _count.Record(state.LastEventId, Operation, scope.Namespace);
        _duration.Record(
            (Instant.From(closing.EventTime) - state.StartedAt).TotalSeconds,
            Operation, scope.Namespace, RunScope.TaskQueue, scope.WorkflowType);
        CounterOf(state.Status)?.Add(1, Operation, scope.Namespace, RunScope.TaskQueue, scope.WorkflowType);
    }

    private Counter<long>? CounterOf(WorkflowExecutionStatus status) => status switch
    {
        WorkflowExecutionStatus.Completed => _success,
        WorkflowExecutionStatus.Failed => _failed,
        WorkflowExecutionStatus.Canceled => _canceled,
        WorkflowExecutionStatus.Terminated => _terminated,
        WorkflowExecutionStatus.TimedOut => _timedOut,
        WorkflowExecutionStatus.ContinuedAsNew => _continued,
        _ => null,
    };
}
