using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>A command that cannot be carried out. Nothing of its completion takes effect.</summary>
/// <param name="Cause">The cause that history records.</param>
/// <param name="Message">The text without the cause's name in front.</param>
/// <param name="TerminatesRun">Whether a retry cannot help (a payload over the limit): the run is terminated.</param>
internal sealed record CommandFailure(WorkflowTaskFailedCause Cause, string Message, bool TerminatesRun = false)
{
    /// <summary>The text that the worker and history see.</summary>
    public string Text => $"{Cause}: {Message}";
}
