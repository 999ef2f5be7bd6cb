using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>A start that found its workflow running and is content with it.</summary>
internal static class ConflictOptions
{
    public static Decision UseExisting(
        RunState running, StartWorkflowExecutionRequest request, DecisionContext context)
    {
        var attach = request.OnConflictOptions;
        var link = attach is { AttachRequestId: true }
            ? EventLinks.ToRequest(
                running.Key, context, request.RequestId, EventType.WorkflowExecutionOptionsUpdated)
            : EventLinks.ToEvent(running.Key, context, 1, EventType.WorkflowExecutionStarted);
        var reply = new StartedExecution(
            running.Key.Run, Started: false, running.Status, running.Started.FirstExecutionRunId, link);
        if (attach is not ({ AttachRequestId: true } or { AttachCompletionCallbacks: true } or { AttachLinks: true }))
        {
            return Decision.Answer(reply);
        }

        var (attached, most) = (running.Nexus.Callbacks.Count, context.Limits.MaxCallbacks);
        if (attach.AttachCompletionCallbacks && attached + request.CompletionCallbacks.Count > most)
        {
            return Decision.Reject(Rejection.FailedPrecondition(
                $"cannot attach more than {most} callbacks to a workflow ({attached} callbacks already attached)"));
        }

        var draft = new Draft(running, context);
        draft.RecordOrBuffer(EventType.WorkflowExecutionOptionsUpdated, e =>
        {
            var attributes = new WorkflowExecutionOptionsUpdatedEventAttributes { Identity = request.Identity };
            if (attach.AttachRequestId)
            {
                attributes.AttachedRequestId = request.RequestId;
            }

            if (attach.AttachCompletionCallbacks)
            {
                attributes.AttachedCompletionCallbacks.AddRange(
                    StartCallbacks.Normalize(request.CompletionCallbacks));
            }

            if (attach.AttachLinks)
            {
                e.Links.AddRange(LinkRules.Own(request.Links, request.CompletionCallbacks));
            }

            e.WorkerMayIgnore = true; // No workflow code acts on it, so that an old SDK may pass over it.
            e.WorkflowExecutionOptionsUpdatedEventAttributes = attributes;
        });
        return Decision.Accept(draft, reply);
    }
}
