namespace AugmentedOS.Engine.Api.Checks;

/// <summary>The fields that requests to pause have in common.</summary>
internal static class PauseCheck
{
    /// <param name="run">Null when the request leaves it open: then the current run is meant.</param>
    public static Rejection? Check(string workflowId, string runId, out RunId? run)
    {
        run = null;
        return workflowId.Length == 0
            ? Rejection.InvalidArgument("WorkflowId is not set on request.")
            : ExecutionCheck.CheckRun(runId, out run);
    }

    public static Rejection? Lengths(string reason, string requestId, string identity) =>
        Check(reason, "reason") ?? Check(requestId, "request id") ?? Check(identity, "identity");

    private static Rejection? Check(string text, string what) =>
        Checks.Lengths.Exceeds(text) ? Rejection.InvalidArgument($"{what} is too long.") : null;
}
