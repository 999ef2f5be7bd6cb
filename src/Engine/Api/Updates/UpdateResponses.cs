using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Updates;

/// <summary>What a caller gets to see of an update.</summary>
internal static class UpdateResponses
{
    public static UpdateWorkflowExecutionResponse Of<TReply>(
        UpdateAnswer<TReply> answer, RunKey run, Request request, NamespaceInfo ns)
        where TReply : class => new()
        {
            UpdateRef = Reference(run, request.Meta.UpdateId),
            Outcome = answer.Outcome,
            Stage = answer.Stage,
            Link = Link(answer.Stage, answer.Outcome, run, request.RequestId, ns.Name),
        };

    public static PollWorkflowExecutionUpdateResponse Of(UpdateAnswer<UpdateStanding> answer, string updateId) => new()
    {
        UpdateRef = Reference(answer.Reply!.Run, updateId),
        Outcome = answer.Outcome,
        Stage = answer.Stage,
    };

    private static UpdateRef Reference(RunKey run, string updateId) =>
        new() { WorkflowExecution = run.ToExecution(), UpdateId = updateId };

    /// <summary>To the ACCEPTED event, by the request; to the run alone when the update failed, as it may have been
    /// rejected without one.</summary>
    private static Link? Link(
        UpdateWorkflowExecutionLifecycleStage stage, Outcome? outcome, RunKey run, string requestId, string ns)
    {
        if (stage == UpdateWorkflowExecutionLifecycleStage.Completed && outcome?.Failure is not null)
        {
            return new Link
            {
                Workflow = new Link.Types.Workflow
                {
                    Namespace = ns,
                    WorkflowId = run.WorkflowId,
                    RunId = run.Run.ToString(),
                    Reason = "Update rejected",
                },
            };
        }

        return stage is UpdateWorkflowExecutionLifecycleStage.Accepted or UpdateWorkflowExecutionLifecycleStage.Completed
            ? new Link
            {
                WorkflowEvent = new Link.Types.WorkflowEvent
                {
                    Namespace = ns,
                    WorkflowId = run.WorkflowId,
                    RunId = run.Run.ToString(),
                    RequestIdRef = new Link.Types.WorkflowEvent.Types.RequestIdReference
                    {
                        RequestId = requestId,
                        EventType = EventType.WorkflowExecutionUpdateAccepted,
                    },
                },
            }
            : null;
    }
}
