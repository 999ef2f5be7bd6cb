using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>Which branches workflow code takes, told to whoever replays it. Nobody listens in production.</summary>
internal static class PatchDecisions
{
    /// <summary>Called on the workflow's thread; must not throw, and must not call the workflow.</summary>
    public static event Action<PatchDecision>? Made;

    /// <param name="applied">The branch; null where only the new one is left.</param>
    public static void Tell(string patchId, bool? applied)
    {
        if (Made is { } listeners)
        {
            listeners(new PatchDecision(Workflow.Info.WorkflowId, patchId, applied));
        }
    }
}
