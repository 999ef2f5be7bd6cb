using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Updates;
using Grpc.Core;
using Temporalio.Api.WorkflowService.V1;
using Response = Temporalio.Api.WorkflowService.V1.ExecuteMultiOperationResponse.Types.Response;

namespace AugmentedOS.Engine.Api.Updates;

/// <summary>Update-with-start: updates the running workflow, or starts one with the update.</summary>
internal sealed class ExecuteMultiOperation(
    NamespaceGate gate, MultiOperationChecks checks, EngineLimits limits, UpdateDispatcher updates)
    : IRpc<ExecuteMultiOperationRequest, ExecuteMultiOperationResponse>
{
    public async ValueTask<Answer<ExecuteMultiOperationResponse>> AnswerAsync(
        ExecuteMultiOperationRequest request, Call call)
    {
        var refusal = gate.EnterToStart(request.Namespace, out var ns)
            ?? (limits.In(request.Namespace).Features.MultiOperations
                ? checks.Prepare(request, ns)
                : Rejection.PermissionDenied("ExecuteMultiOperation API is disabled on this namespace."));
        if (refusal is not null)
        {
            return refusal;
        }

        var start = request.Operations[0].StartWorkflow;
        var update = request.Operations[1].UpdateWorkflow;
        var answer = await RunAsync(start, update, ns, call).ConfigureAwait(false);
        if (!IsAbortedByClosing(answer))
        {
            return Answer(answer, update, ns);
        }

        // The workflow that was found closed meanwhile, and now this can start another. Once: the client tries again.
        answer = await RunAsync(start, update, ns, call).ConfigureAwait(false);
        return IsAbortedByClosing(answer)
            ? MultiOperation.Refuse(
                MultiOperation.Aborted, new Rejection(StatusCode.Aborted, answer.Rejection!.Message))
            : Answer(answer, update, ns);
    }

    private Task<UpdateAnswer<UpdatedWithStart>> RunAsync(
        StartWorkflowExecutionRequest start, UpdateWorkflowExecutionRequest update, NamespaceInfo ns, Call call) =>
        updates.RunAsync<UpdatedWithStart>(
            update.Request.Meta.UpdateId,
            update.WaitPolicy.LifecycleStage,
            waiter => new UpdateWithStartExecution(
                new WorkflowKey(ns.Id, start.WorkflowId), start, update.Request, waiter),
            call.Cancelled);

    private static bool IsAbortedByClosing(UpdateAnswer<UpdatedWithStart> answer) =>
        answer is { Reply.Start.Started: false, Rejection: { Code: StatusCode.NotFound } rejection }
        && rejection.Message == UpdateRejections.AbortedByClosing().Message;

    private static Answer<ExecuteMultiOperationResponse> Answer(
        UpdateAnswer<UpdatedWithStart> answer, UpdateWorkflowExecutionRequest update, NamespaceInfo ns)
    {
        if (answer.IsRejected)
        {
            return answer.Reply is { } partly
                ? MultiOperation.Refuse(partly.Start.Started ? null : MultiOperation.Aborted, answer.Rejection)
                : answer.Rejection;
        }

        var started = answer.Reply.Start;
        return new ExecuteMultiOperationResponse
        {
            Responses =
            {
                new Response
                {
                    StartWorkflow = new StartWorkflowExecutionResponse
                    {
                        RunId = started.RunId.ToString(),
                        FirstExecutionRunId = started.FirstRunId,
                        Started = started.Started,
                        Status = started.Status,
                        Link = started.Link,
                    },
                },
                new Response
                {
                    UpdateWorkflow = UpdateResponses.Of(answer, answer.Reply.Standing.Run, update.Request, ns),
                },
            },
        };
    }
}
