using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using WireHistory = Temporalio.Api.History.V1.History;

namespace AugmentedOS.Engine.Api.History;

/// <summary>A run's events, oldest first; waits for new ones, or for the close, when asked to.</summary>
internal sealed class GetWorkflowExecutionHistory(NamespaceGate gate, HistoryPages pages, RunWait wait)
    : IRpc<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>
{
    private const string FollowsNextRun = "follows-next-run-id";

    public async ValueTask<Answer<GetWorkflowExecutionHistoryResponse>> AnswerAsync(
        GetWorkflowExecutionHistoryRequest request, Call call)
    {
        if (HistoryRequest.Read(gate, request.Namespace, request.Execution, request.NextPageToken, out var wanted)
            is { } refusal)
        {
            return refusal;
        }

        var isForClose = request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent;
        var from = wanted.Token?.NextEventId ?? 1;
        Func<RunState, bool> hasArrived = (request.WaitNewEvent, isForClose) switch
        {
            (false, _) => static _ => true,
            (true, true) => static state => state.IsClosed,
            (true, false) => state => state.IsClosed || state.NextEventId > from,
        };
        var found = await wait.UntilAsync(wanted.Workflow, wanted.Run, hasArrived, call).ConfigureAwait(false);
        if (found.IsRejected)
        {
            return found.Rejection;
        }

        return isForClose
            ? ClosePage(found.Response, request, call)
            : await PageAsync(found.Response, request, wanted.Token, from, call).ConfigureAwait(false);
    }

    private static GetWorkflowExecutionHistoryResponse ClosePage(
        RunState state, GetWorkflowExecutionHistoryRequest request, Call call)
    {
        var response = new GetWorkflowExecutionHistoryResponse { History = new WireHistory() };
        if (state.CloseEvent is { } closed)
        {
            response.History.Events.Add(call.Supports(FollowsNextRun) ? closed : SucceededRun.Show(closed));
        }
        else if (request.WaitNewEvent)
        {
            response.NextPageToken = new HistoryToken(state.Key.Run, state.NextEventId, 0).Encode();
        }

        return response;
    }

    private async ValueTask<GetWorkflowExecutionHistoryResponse> PageAsync(
        RunState state, GetWorkflowExecutionHistoryRequest request, HistoryToken? token, long from, Call call)
    {
        var response = new GetWorkflowExecutionHistoryResponse { History = new WireHistory() };
        var events = response.History.Events;
        var workersEnd = token?.LastEventId ?? 0;
        var last = workersEnd > 0 ? workersEnd : state.LastEventId;
        var next = pages.ReadForward(state.Key, from, last, pages.SizeFor(request.MaximumPageSize), events);
        if (next == 0 && request.WaitNewEvent && state.IsRunning)
        {
            next = Math.Max(from, last + 1);
        }

        if (next != 0)
        {
            response.NextPageToken = new HistoryToken(state.Key.Run, next, workersEnd).Encode();
        }
        else if (state.IsRunning && !call.IsOperatorClient && (workersEnd == 0 || workersEnd == state.LastEventId))
        {
            events.AddRange(WorkflowTaskEvents.OfTransient(state));
            if (workersEnd != 0)
            {
                // Only the worker that has the task may see it: for all others it may never have been.
                events.AddRange(await wait.HeldEventsAsync(state.Key).ConfigureAwait(false));
            }
        }

        return response;
    }
}
