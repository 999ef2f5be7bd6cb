using System.Collections.Concurrent;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Starts workflows, signals them and completes what they handed over, each call again and again with the
/// same request id until it is acknowledged; writes down what was.</summary>
internal sealed class TallyLoad(TemporalClient client, TallyActivities activities, string queue)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(30);
    private static readonly RpcOptions OneTry = new() { Retry = false, Timeout = TimeSpan.FromSeconds(10) };

    private readonly ConcurrentQueue<TallyRecord> _records = new();
    private int _acknowledged;
    private volatile bool _isStopping;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public IReadOnlyList<TallyRecord> Records => [.. _records];

    /// <summary>One user; run several. Ends with its current workflow once told to stop.</summary>
    public async Task RunAsync(int user, CancellationToken cancelled)
    {
        for (var count = 0; !_isStopping; count++)
        {
            var record = new TallyRecord($"tally-{user}-{count}");
            _records.Enqueue(record);
            await UntilAcknowledgedAsync(() => StartAsync(record), cancelled);
            for (var signal = 0; signal < TallyRecord.SignalCount; signal++)
            {
                var value = record.SignalAt(signal);
                await UntilAcknowledgedAsync(() => SignalAsync(record, value), cancelled);
                record.Signaled(value);
            }

            await HandBackAsync(record, cancelled);
        }
    }

    public void Stop() => _isStopping = true;

    /// <summary>A caller that missed the answer sends its signal again; the engine has to know it.</summary>
    public Task RepeatAsync(TallyRecord record, string value, CancellationToken cancelled) =>
        UntilAcknowledgedAsync(() => SignalAsync(record, value), cancelled);

    private async Task<bool> StartAsync(TallyRecord record)
    {
        var started = await client.WorkflowService.StartWorkflowExecutionAsync(
            new StartWorkflowExecutionRequest
            {
                Namespace = "default",
                WorkflowId = record.Id,
                WorkflowType = new WorkflowType { Name = nameof(TallyWorkflow) },
                TaskQueue = new TaskQueue { Name = queue },
                Input = new Payloads
                {
                    Payloads_ =
                    {
                        await DataConverter.Default.ToPayloadAsync(TallyRecord.Steps),
                        await DataConverter.Default.ToPayloadAsync(TallyRecord.SignalCount),
                    },
                },
                RequestId = record.Id,
            },
            OneTry);
        record.Started(started.RunId);
        return true;
    }

    private async Task<bool> SignalAsync(TallyRecord record, string value)
    {
        try
        {
            await client.WorkflowService.SignalWorkflowExecutionAsync(
                new SignalWorkflowExecutionRequest
                {
                    Namespace = "default",
                    WorkflowExecution = new() { WorkflowId = record.Id, RunId = record.RunId },
                    SignalName = "Take",
                    Input = new Payloads { Payloads_ = { await DataConverter.Default.ToPayloadAsync(value) } },
                    RequestId = value,
                },
                OneTry);
            return true;
        }
        catch (RpcException closed) when (closed.Code == RpcException.StatusCode.NotFound)
        {
            // The answer to an earlier try was lost, and the run had all it waits for.
            Assert.Equal("workflow execution already completed", closed.Message);
            return true;
        }
    }

    private async Task HandBackAsync(TallyRecord record, CancellationToken cancelled)
    {
        byte[]? refused = null;
        while (!record.IsHandedBack)
        {
            var token = activities.TokenOf(record.Id);
            if (token is null || token == refused)
            {
                await Task.Delay(BetweenTries, cancelled);
                if (refused is not null && await TallyHistory.HasAsync(client, record, record.HandedBack))
                {
                    return;   // recorded, but the answer was lost
                }

                continue;
            }

            var known = await UntilAcknowledgedAsync(() => CompleteAsync(record, token), cancelled);
            refused = known ? null : token;
        }
    }

    /// <returns>False when the token is of no use any more.</returns>
    private async Task<bool> CompleteAsync(TallyRecord record, byte[] token)
    {
        try
        {
            await client.WorkflowService.RespondActivityTaskCompletedAsync(
                new RespondActivityTaskCompletedRequest
                {
                    Namespace = "default",
                    TaskToken = ByteString.CopyFrom(token),
                    Result = new Payloads { Payloads_ = { await DataConverter.Default.ToPayloadAsync(record.HandedBack) } },
                },
                OneTry);
            record.WasHandedBack();
            return true;
        }
        catch (RpcException unknown) when (unknown.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> UntilAcknowledgedAsync(Func<Task<bool>> call, CancellationToken cancelled)
    {
        while (true)
        {
            try
            {
                var answer = await call();
                Interlocked.Increment(ref _acknowledged);
                return answer;
            }
            catch (RpcException gone) when (IsTransport(gone))
            {
                await Task.Delay(BetweenTries, cancelled);
            }
        }
    }

    internal static bool IsTransport(RpcException failure) => failure.Code
        is RpcException.StatusCode.Unavailable
        or RpcException.StatusCode.Cancelled
        or RpcException.StatusCode.Unknown
        or RpcException.StatusCode.DeadlineExceeded;
}
