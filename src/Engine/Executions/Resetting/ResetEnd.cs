using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>Whether a run ended because of a reset: then what it had begun goes on elsewhere.</summary>
internal static class ResetEnd
{
    /// <summary>Whether a reset ended the run, be it the one that was reset or a later one of its workflow. Its parent
    /// waits for the end of the run in its place.</summary>
    public static bool IsOf(HistoryEvent close) =>
        close.WorkflowExecutionTerminatedEventAttributes?.Identity == ResetExecution.Identity;

    /// <summary>Whether the run in its place has its children and its callbacks: those from before the reset point.</summary>
    public static bool HasHeir(RunState closed) => closed.Successor is not null && IsOf(closed.CloseEvent!);
}
