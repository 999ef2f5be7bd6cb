using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Bench.Floor;

/// <summary>
/// The least that a server can do for a one-activity workflow: it exchanges the same messages with the same worker and
/// client as an engine does, and keeps nothing, checks nothing and writes nothing. What an engine costs beyond this is
/// the price of durability.
/// </summary>
internal sealed class FloorServer
{
    private readonly Channel<PollWorkflowTaskQueueResponse> _normal = Unbounded<PollWorkflowTaskQueueResponse>();
    private readonly Channel<PollWorkflowTaskQueueResponse> _sticky = Unbounded<PollWorkflowTaskQueueResponse>();
    private readonly Channel<PollActivityTaskQueueResponse> _activities = Unbounded<PollActivityTaskQueueResponse>();
    private readonly ConcurrentDictionary<string, FloorRun> _runs = new();

    public Task<StartWorkflowExecutionResponse> StartAsync(StartWorkflowExecutionRequest request, ServerCallContext call)
    {
        var run = new FloorRun(request, Guid.NewGuid().ToString("D"));
        _runs[run.RunId] = run;
        _normal.Writer.TryWrite(FloorMessages.FirstTask(run));
        return Task.FromResult(new StartWorkflowExecutionResponse { RunId = run.RunId, Started = true });
    }

    public async Task<PollWorkflowTaskQueueResponse> PollWorkflowAsync(
        PollWorkflowTaskQueueRequest request, ServerCallContext call) =>
        await NextAsync(request.TaskQueue.Kind == TaskQueueKind.Sticky ? _sticky : _normal, call);

    public async Task<PollActivityTaskQueueResponse> PollActivityAsync(
        PollActivityTaskQueueRequest request, ServerCallContext call) => await NextAsync(_activities, call);

    public Task<RespondWorkflowTaskCompletedResponse> CompleteTaskAsync(
        RespondWorkflowTaskCompletedRequest request, ServerCallContext call)
    {
        var run = _runs[request.TaskToken.ToStringUtf8()];
        foreach (var command in request.Commands)
        {
            if (command.CommandType == CommandType.ScheduleActivityTask)
            {
                run.Activity = command.ScheduleActivityTaskCommandAttributes;
                _activities.Writer.TryWrite(FloorMessages.ActivityTask(run));
            }
            else if (command.CommandType == CommandType.CompleteWorkflowExecution)
            {
                run.Closed.SetResult(FloorMessages.Close(command.CompleteWorkflowExecutionCommandAttributes.Result));
            }
        }

        return Task.FromResult(new RespondWorkflowTaskCompletedResponse());
    }

    public Task<RespondActivityTaskCompletedResponse> CompleteActivityAsync(
        RespondActivityTaskCompletedRequest request, ServerCallContext call)
    {
        var run = _runs[request.TaskToken.ToStringUtf8()];
        _sticky.Writer.TryWrite(FloorMessages.SecondTask(run, request.Result));
        return Task.FromResult(new RespondActivityTaskCompletedResponse());
    }

    public async Task<GetWorkflowExecutionHistoryResponse> HistoryAsync(
        GetWorkflowExecutionHistoryRequest request, ServerCallContext call)
    {
        var close = await _runs[request.Execution.RunId].Closed.Task.WaitAsync(call.CancellationToken);
        _runs.TryRemove(request.Execution.RunId, out _);
        return new GetWorkflowExecutionHistoryResponse { History = new History { Events = { close } } };
    }

    private static Channel<T> Unbounded<T>() => Channel.CreateUnbounded<T>();

    private static async Task<T> NextAsync<T>(Channel<T> channel, ServerCallContext call)
        where T : IMessage<T>, new()
    {
        try
        {
            return await channel.Reader.ReadAsync(call.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new T();
        }
    }
}
