using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>The other workflow that a command speaks of: what its ids may look like, and that it lives next door.</summary>
/// <param name="Command">The command's name in messages.</param>
/// <param name="Cause">The cause when one of the ids is bad.</param>
internal readonly record struct CommandTarget(
    string Command, WorkflowTaskFailedCause Cause, string Namespace, string WorkflowId, string RunId)
{
    /// <summary>Workflows reach only workflows of their own namespace.</summary>
    public CommandFailure? CheckNamespace(CommandBatch batch) =>
        Namespace.Length == 0 || Namespace == OwnNamespace(batch)
            ? null
            : new CommandFailure(Cause, "cross namespace commands are not allowed");

    /// <param name="whereMissing">What the text for a missing id adds.</param>
    /// <param name="where">What the texts for bad ids add; the commands differ in its order.</param>
    public CommandFailure? CheckIds(CommandBatch batch, string whereMissing, string where)
    {
        var limit = batch.Context.Limits.MaxIdLength;
        if (WorkflowId.Length == 0)
        {
            return Bad($"WorkflowId is not set on {Command}. {whereMissing}");
        }

        var length = Utf8Length.Of(WorkflowId);
        if (length > limit)
        {
            return Bad($"WorkflowId on {Command} exceeds length limit. WorkflowId={WorkflowId} Length={length} "
                + $"Limit={limit} {where}");
        }

        return RunId.Length > 0 && !Engine.RunId.TryParse(RunId, out _)
            ? Bad($"Invalid RunId set on {Command}. WorkflowId={WorkflowId} {where}")
            : null;
    }

    public CommandFailure Bad(string message) => new(Cause, message);

    /// <summary>The name under which the batch's run finds its own namespace.</summary>
    public static string OwnNamespace(CommandBatch batch) =>
        batch.Context.Namespaces.TryFind(batch.State.Key.Namespace, out var own) ? own.Name : "";
}
