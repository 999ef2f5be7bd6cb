using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using Temporalio.Api.WorkflowService.V1;
using WireHistory = Temporalio.Api.History.V1.History;

namespace AugmentedOS.Engine.Api.History;

/// <summary>A run's events, newest first.</summary>
internal sealed class GetWorkflowExecutionHistoryReverse(NamespaceGate gate, HistoryPages pages, RunWait wait)
    : IRpc<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>
{
    public async ValueTask<Answer<GetWorkflowExecutionHistoryReverseResponse>> AnswerAsync(
        GetWorkflowExecutionHistoryReverseRequest request, Call call)
    {
        if (HistoryRequest.Read(gate, request.Namespace, request.Execution, request.NextPageToken, out var wanted)
            is { } refusal)
        {
            return refusal;
        }

        var found = await wait.InspectAsync(wanted.Workflow, wanted.Run).ConfigureAwait(false);
        if (found.IsRejected)
        {
            return found.Rejection;
        }

        var state = found.Response;
        var from = Math.Min(wanted.Token?.NextEventId ?? state.LastEventId, state.LastEventId);
        var response = new GetWorkflowExecutionHistoryReverseResponse { History = new WireHistory() };
        var next = pages.ReadBackward(
            state.Key, from, pages.SizeFor(request.MaximumPageSize), response.History.Events);
        if (next > 0)
        {
            response.NextPageToken = new HistoryToken(state.Key.Run, next, 0).Encode();
        }

        return response;
    }
}
