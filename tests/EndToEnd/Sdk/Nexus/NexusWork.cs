using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Nexus;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Does what it is asked: at once, or with a workflow.</summary>
[NexusServiceHandler(typeof(INexusWork))]
public sealed class NexusWork
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The contexts of all requests to start, in order.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<OperationStartContext> Requests { get; } = new();

    /// <summary>Whether it has stopped stumbling.</summary>
    public bool IsMended { get; set; }

    /// <summary>Lets requests to work in; until then they wait.</summary>
    public void Open() => _isOpen.TrySetResult();

    [NexusOperationHandler]
    public IOperationHandler<string, string> Say() => AtOnce(what => what);

    [NexusOperationHandler]
    public IOperationHandler<string, string> Fail() => AtOnce(why => throw OperationException.CreateFailed(
        why, new ApplicationFailureException("because", errorType: "Reason")));

    [NexusOperationHandler]
    public IOperationHandler<string, string> GiveUp() => AtOnce(why => throw OperationException.CreateCanceled(why));

    [NexusOperationHandler]
    public IOperationHandler<string, string> Refuse() =>
        AtOnce(why => throw new HandlerException(HandlerErrorType.BadRequest, why));

    [NexusOperationHandler]
    public IOperationHandler<string, string> Stumble() => AtOnce(what =>
        IsMended ? what : throw new HandlerException(HandlerErrorType.Internal, "stumbled"));

    [NexusOperationHandler]
    public IOperationHandler<string, string> Tell() => OperationHandler.Sync<string, string>(async (_, ids) =>
    {
        var client = NexusOperationExecutionContext.Current.TemporalClient;
        foreach (var id in ids.Split(' '))
        {
            await client.GetWorkflowHandle<NexusWorkflow>(id).SignalAsync(workflow => workflow.FinishAsync("told"));
        }

        return "told";
    });

    [NexusOperationHandler]
    public IOperationHandler<string, string> Hang() => OperationHandler.Sync<string, string>(async (context, _) =>
    {
        Requests.Enqueue(context);
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return "never";
    });

    [NexusOperationHandler]
    public IOperationHandler<string, string> Work() => ByWorkflow(id => new() { Id = id });

    [NexusOperationHandler]
    public IOperationHandler<string, string> WorkOn() => ByWorkflow(id => new() { Id = id }, isDeaf: true);

    [NexusOperationHandler]
    public IOperationHandler<string, string> WorkBriefly() => ByWorkflow(id => new() { Id = id, RunTimeout = Brief });

    [NexusOperationHandler]
    public IOperationHandler<string, string> Join() =>
        ByWorkflow(id => new() { Id = id, IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });

    [NexusOperationHandler]
    public IOperationHandler<string, string> Ask() =>
        TemporalOperationHandler.FromHandleFactory<string, string>((_, client, id) => client.StartWorkflowUpdateAsync(
            id, (NexusWorkflow workflow) => workflow.WaitForEndAsync(), new(WorkflowUpdateStage.Accepted)));

    [NexusOperationHandler]
    public IOperationHandler<string, string> Act() => TemporalOperationHandler.FromHandleFactory<string, string>(
        (_, client, id) => client.StartActivityAsync(
            () => NexusActivity.WaitAsync(id),
            new() { Id = id, StartToCloseTimeout = TimeSpan.FromMinutes(1), HeartbeatTimeout = TimeSpan.FromSeconds(30) }));

    [NexusOperationHandler]
    public IOperationHandler<string, string> Insist() => new Insisting();

    private IOperationHandler<string, string> AtOnce(Func<string, string> answer) =>
        OperationHandler.Sync<string, string>((context, what) =>
        {
            Requests.Enqueue(context);
            return answer(what);
        });

    private IOperationHandler<string, string> ByWorkflow(Func<string, WorkflowOptions> options, bool isDeaf = false) =>
        WorkflowRunOperationHandler.FromHandleFactory(async (WorkflowRunOperationContext context, string id) =>
        {
            Requests.Enqueue(context.HandlerContext);
            await _isOpen.Task.WaitAsync(context.HandlerContext.CancellationToken);
            return await context.StartWorkflowAsync((NexusWorkflow workflow) => workflow.RunAsync(isDeaf), options(id));
        });

    private sealed class Insisting : IOperationHandler<string, string>
    {
        public Task<OperationStartResult<string>> StartAsync(OperationStartContext context, string token) =>
            Task.FromResult(OperationStartResult.AsyncResult<string>(token));

        public Task CancelAsync(OperationCancelContext context) =>
            throw new HandlerException(HandlerErrorType.NotImplemented, "it insists");
    }
}
