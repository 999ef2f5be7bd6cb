using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>The three timeouts of a new run as its first event states them; zero means none.</summary>
internal readonly record struct StartTimeouts(TimeSpan Execution, TimeSpan Run, TimeSpan Task)
{
    public static StartTimeouts Resolve(StartWorkflowExecutionRequest request, EngineLimits limits) => Resolve(
        request.WorkflowExecutionTimeout.OrZero(),
        request.WorkflowRunTimeout.OrZero(),
        request.WorkflowTaskTimeout.OrZero(),
        limits);

    /// <summary>A run never outlives its chain, and a workflow task never its run.</summary>
    public static StartTimeouts Resolve(TimeSpan execution, TimeSpan run, TimeSpan task, EngineLimits limits)
    {
        run = NoMoreThan(run, execution);
        if (run == TimeSpan.Zero)
        {
            run = execution;
        }

        task = task == TimeSpan.Zero ? limits.DefaultTaskTimeout : NoMoreThan(task, limits.MaxTaskTimeout);
        return new(execution, run, NoMoreThan(task, run));
    }

    /// <summary>How the first event states one of them: none that nobody gave stays absent, since SDKs show a zero to
    /// their workflows as a timeout.</summary>
    public static Duration? Stated(Duration? given, TimeSpan resolved) =>
        given is null && resolved == TimeSpan.Zero ? null : resolved.ToProto();

    private static TimeSpan NoMoreThan(TimeSpan span, TimeSpan most) =>
        most > TimeSpan.Zero && span > most ? most : span;
}
