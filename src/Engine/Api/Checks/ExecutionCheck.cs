using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Api.Checks;

/// <summary>From a request's execution to a run's name.</summary>
internal static class ExecutionCheck
{
    /// <param name="run">Null when the request leaves it open: then the current run is meant.</param>
    public static Rejection? Check(WorkflowExecution? execution, out RunId? run)
    {
        run = null;
        if (execution is null)
        {
            return Rejection.InvalidArgument("Execution is not set on request.");
        }

        return execution.WorkflowId.Length == 0
            ? Rejection.InvalidArgument("WorkflowId is not set on request.")
            : CheckRun(execution.RunId, out run);
    }

    public static Rejection? CheckRun(string runId, out RunId? run)
    {
        run = null;
        if (runId.Length == 0)
        {
            return null;
        }

        if (!RunId.TryParse(runId, out var parsed))
        {
            return Rejection.InvalidArgument("Invalid RunId.");
        }

        run = parsed;
        return null;
    }
}
