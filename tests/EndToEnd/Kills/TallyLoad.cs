using System.Collections.Concurrent;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Starts workflows, signals them and completes what they handed over, each call again and again with the
/// same request id until it is acknowledged; writes down what was.</summary>
internal sealed class TallyLoad(TemporalClient client, Calls calls, TallyActivities activities, string queue)
{
    private readonly ConcurrentQueue<TallyRecord> _records = new();
    private volatile bool _isStopping;

    public IReadOnlyList<TallyRecord> Records => [.. _records];

    /// <summary>One user; run several. Ends with its current workflow once told to stop.</summary>
    public async Task RunAsync(int user, CancellationToken cancelled)
    {
        for (var count = 0; !_isStopping; count++)
        {
            var record = new TallyRecord($"tally-{user}-{count}");
            _records.Enqueue(record);
            await calls.UntilAcknowledgedAsync(() => StartAsync(record), cancelled);
            for (var signal = 0; signal < TallyRecord.SignalCount; signal++)
            {
                var value = record.SignalAt(signal);
                await calls.UntilAcknowledgedAsync(() => SignalAsync(record, value), cancelled);
                record.Signaled(value);
            }

            for (var update = 0; update < TallyRecord.UpdateCount; update++)
            {
                var value = record.UpdateAt(update);
                await calls.UntilAcknowledgedAsync(() => UpdateAsync(record, value), cancelled);
                record.Updated(value);
            }

            await HandBackAsync(record, cancelled);
        }
    }

    public void Stop() => _isStopping = true;

    /// <summary>A caller that missed the answer sends its signal again; the engine has to know it.</summary>
    public Task RepeatAsync(TallyRecord record, string value, CancellationToken cancelled) =>
        calls.UntilAcknowledgedAsync(() => SignalAsync(record, value), cancelled);

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
                        await DataConverter.Default.ToPayloadAsync(TallyRecord.UpdateCount),
                    },
                },
                RequestId = record.Id,
            },
            Calls.OneTry);
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
                Calls.OneTry);
            return true;
        }
        catch (RpcException closed) when (closed.Code == RpcException.StatusCode.NotFound)
        {
            // The answer to an earlier try was lost, and the run had all it waits for.
            Assert.Equal("workflow execution already completed", closed.Message);
            return true;
        }
    }

    /// <summary>Waits until the update is completed, be it in another call, or by a run that has ended since.</summary>
    private async Task<bool> UpdateAsync(TallyRecord record, string value)
    {
        var request = new UpdateWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = record.Id, RunId = record.RunId },
            WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
            Request = new()
            {
                Meta = new() { UpdateId = value, Identity = "tally" },
                Input = new() { Name = "Put", Args = Histories.Payloads(value) },
            },
        };
        UpdateWorkflowExecutionResponse response;
        do
        {
            response = await client.WorkflowService.UpdateWorkflowExecutionAsync(request, Calls.OneTry);
        }
        while (response.Outcome is null);

        Assert.Equal($"took {value}", Histories.Text(response.Outcome.Success));
        return true;
    }

    private async Task HandBackAsync(TallyRecord record, CancellationToken cancelled)
    {
        byte[]? refused = null;
        while (!record.IsHandedBack)
        {
            var token = activities.TokenOf(record.Id);
            if (token is null || token == refused)
            {
                await Task.Delay(Calls.BetweenTries, cancelled);
                if (refused is not null && await TallyHistory.HasAsync(client, record, record.HandedBack))
                {
                    return;   // recorded, but the answer was lost
                }

                continue;
            }

            var known = await calls.UntilAcknowledgedAsync(() => CompleteAsync(record, token), cancelled);
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
                Calls.OneTry);
            record.WasHandedBack();
            return true;
        }
        catch (RpcException unknown) when (unknown.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }
}
