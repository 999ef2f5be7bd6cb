using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Starting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Updates;

/// <summary>Whether an update request may become an input, in the order and with the words of a Temporal server.</summary>
internal sealed class UpdateChecks(EngineLimits limits, IIdSource ids)
{
    /// <summary>Checks the request, fills in what it leaves out (its id, its policy, how far to wait) and takes out links
    /// that its callbacks carry as well.</summary>
    /// <param name="ns">The namespace's name: an update beside a start may leave it out.</param>
    /// <param name="run">Null when the current run is meant.</param>
    public Rejection? Prepare(UpdateWorkflowExecutionRequest request, string ns, out RunId? run)
    {
        if ((ExecutionCheck.Check(request.WorkflowExecution, out run) ?? CheckRequest(request.Request)) is { } refusal)
        {
            return refusal;
        }

        request.WaitPolicy ??= new WaitPolicy();
        var limit = limits.In(ns);
        return CheckSwitches(ns)
            ?? CheckStage(request.WaitPolicy, limit)
            ?? CheckCallbacks(request.Request, limit);
    }

    /// <summary>Whether updates are offered at all.</summary>
    public Rejection? CheckSwitches(string ns) => limits.In(ns).Features.Updates
        ? null
        : Rejection.PermissionDenied("UpdateWorkflowExecution operation is disabled on this namespace.");

    private Rejection? CheckRequest(Request? update)
    {
        if (update?.Meta is not { } meta)
        {
            return Rejection.InvalidArgument("Update meta is not set on request.");
        }

        if (Lengths.Exceeds(meta.UpdateId))
        {
            return Rejection.InvalidArgument("UpdateId length exceeds limit.");
        }

        if (meta.UpdateId.Length == 0)
        {
            meta.UpdateId = ids.Next().ToString("D");
        }

        if (update.Input is not { } input)
        {
            return Rejection.InvalidArgument("Update input is not set on request.");
        }

        return input.Name.Length == 0 ? Rejection.InvalidArgument("Update name is not set on request.") : null;
    }

    private static Rejection? CheckStage(WaitPolicy policy, EngineLimits limit)
    {
        const string asynchronously = "UpdateWorkflowExecution issued asynchronously and waiting on update ";
        switch (policy.LifecycleStage)
        {
            case UpdateWorkflowExecutionLifecycleStage.Unspecified:
                policy.LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed;
                return null;
            case UpdateWorkflowExecutionLifecycleStage.Admitted:
                return Rejection.PermissionDenied($"{asynchronously}admitted is not supported.");
            case UpdateWorkflowExecutionLifecycleStage.Accepted when !limit.Features.AcceptedUpdates:
                return Rejection.PermissionDenied($"{asynchronously}accepted is disabled on this namespace.");
            default:
                return null;
        }
    }

    private static Rejection? CheckCallbacks(Request update, EngineLimits limit)
    {
        if ((StartCallbacks.Problem(update.CompletionCallbacks, limit)
            ?? LinkRules.Problem(update.Links, update.CompletionCallbacks)) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        LinkRules.DropRepeated(update.Links, update.CompletionCallbacks);
        return null;
    }
}
