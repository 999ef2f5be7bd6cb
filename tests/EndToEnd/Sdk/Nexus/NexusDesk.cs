using System.Linq.Expressions;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>An endpoint, and the worker that calls it and stands behind it.</summary>
public sealed class NexusDesk(TemporalClient client)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public string Name { get; init; } = SdkEngine.NewName("endpoint");

    public string Queue { get; init; } = SdkEngine.NewName("queue");

    public NexusWork Work { get; } = new();

    /// <summary>The id of the workflow that operations are asked to work with.</summary>
    public string WorkId { get; init; } = SdkEngine.NewName("work");

    public WorkflowHandle<NexusWorkflow> Worked => client.GetWorkflowHandle<NexusWorkflow>(WorkId);

    /// <summary>Runs with an endpoint of its own, and with a worker that is open for work.</summary>
    public static async Task RunAsync(TemporalClient client, Func<NexusDesk, Task> body)
    {
        var desk = new NexusDesk(client);
        desk.Work.Open();
        await desk.CreateEndpointAsync();
        await desk.WithWorkerAsync(() => body(desk));
    }

    public async Task<Endpoint> CreateEndpointAsync() => (await client.OperatorService.CreateNexusEndpointAsync(new()
    {
        Spec = new EndpointSpec
        {
            Name = Name,
            Target = new() { Worker = new() { Namespace = client.Options.Namespace, TaskQueue = Queue } },
        },
    })).Endpoint;

    public async Task WithWorkerAsync(Func<Task> body)
    {
        var options = new TemporalWorkerOptions(Queue) { MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(50) };
        using var worker = new TemporalWorker(client, options
            .AddNexusService(Work).AddWorkflow<NexusCaller>().AddWorkflow<NexusWorkflow>()
            .AddActivity(NexusActivity.WaitAsync));
        await worker.ExecuteAsync(() => body().WaitAsync(SdkEngine.Patience));
    }

    /// <summary>Starts a workflow that calls the operation.</summary>
    public Task<WorkflowHandle<NexusCaller, string>> CallAsync(
        string operation, string? input = null, Func<NexusCaller.Call, NexusCaller.Call>? change = null)
    {
        var call = new NexusCaller.Call(Name, operation, input ?? WorkId);
        call = change?.Invoke(call) ?? call;
        return client.StartWorkflowAsync(
            (NexusCaller caller) => caller.RunAsync(call), new(SdkEngine.NewName("caller"), Queue));
    }

    /// <summary>The same, and waits until the operation has started.</summary>
    public async Task<WorkflowHandle<NexusCaller, string>> BeginAsync(
        string operation, string? input = null, Func<NexusCaller.Call, NexusCaller.Call>? change = null)
    {
        var caller = await CallAsync(operation, input, change);
        await UntilAsync(caller, EventType.NexusOperationStarted);
        return caller;
    }

    /// <summary>Starts the workflow that operations work with, by itself.</summary>
    /// <param name="callback">The address that is told how it ends.</param>
    public async Task StartWorkAsync(string? callback = null)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = client.Options.Namespace,
            WorkflowId = WorkId,
            WorkflowType = new() { Name = nameof(NexusWorkflow) },
            TaskQueue = new() { Name = Queue },
            Input = new() { Payloads_ = { await client.Options.DataConverter.ToPayloadAsync(false) } },
            RequestId = WorkId,
        };
        if (callback is not null)
        {
            request.CompletionCallbacks.Add(new Callback { Nexus = new() { Url = callback } });
        }

        await client.WorkflowService.StartWorkflowExecutionAsync(request);
    }

    public WorkflowHandle<NexusCaller, string> Caller(string id) =>
        client.GetWorkflowHandle<NexusCaller, string>(id);

    public Task SignalWorkAsync(Expression<Func<NexusWorkflow, Task>> signal) => Worked.SignalAsync(signal);

    /// <summary>The reason why the operation of a caller failed, from below its one wrapper.</summary>
    public async Task<Exception> ReasonAsync(WorkflowHandle<NexusCaller, string> caller, string operation)
    {
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => caller.GetResultAsync());
        var wrapper = Assert.IsType<NexusOperationFailureException>(failed.InnerException);
        Assert.Equal((Name, "NexusWork", operation), (wrapper.Endpoint, wrapper.Service, wrapper.Operation));
        Assert.NotNull(wrapper.InnerException);
        return wrapper.InnerException;
    }

    /// <summary>Waits for the first event of a type.</summary>
    public static async Task<HistoryEvent> UntilAsync(WorkflowHandle handle, EventType type)
    {
        while (true)
        {
            var events = (await handle.FetchHistoryAsync()).Events;
            if (events.FirstOrDefault(e => e.EventType == type) is { } found)
            {
                return found;
            }

            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits until the pending operation of a caller is as wanted.</summary>
    public static async Task<PendingNexusOperationInfo> UntilPendingAsync(
        WorkflowHandle caller, Func<PendingNexusOperationInfo, bool> isWanted)
    {
        while (true)
        {
            var pending = (await SdkEngine.DescribeRawAsync(caller)).PendingNexusOperations.SingleOrDefault();
            if (pending is not null && isWanted(pending))
            {
                return pending;
            }

            await Task.Delay(Pause);
        }
    }
}
