using AugmentedOS.Samples.Orders.Services;
using AugmentedOS.Workflows.Errors;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker;

namespace AugmentedOS.Samples.Orders.Orchestrated;

/// <summary>Orders as workflows, on whatever engine the environment has.</summary>
internal sealed class OrchestratedOrders : IOrderSystem
{
    private const string TaskQueue = "orders";

    private readonly CancellationTokenSource _stop = new();
    private readonly WorkflowEnvironment _environment;
    private readonly OrderServices _services;
    private readonly TemporalWorker _worker;
    private readonly Task _working;

    /// <param name="environment">Is the system's own from now on.</param>
    public OrchestratedOrders(WorkflowEnvironment environment, OrderServices services)
    {
        (_environment, _services) = (environment, services);
        var options = new TemporalWorkerOptions(TaskQueue)
            .AddWorkflow<OrderWorkflow>()
            .AddAllActivities(new OrderActivities(services))
            .UseErrorTranslation(errors => errors.Translate<RefusedException>(
                refused => Fail.BusinessRule(refused.Message).WithCode(refused.Code)));
        _worker = new(environment.Client, options);
        _working = _worker.ExecuteAsync(_stop.Token);
    }

    public Task PlaceAsync(Order order) => _environment.Client.StartWorkflowAsync(
        (OrderWorkflow workflow) => workflow.RunAsync(order),
        new(order.Id, TaskQueue) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });

    public async Task ShipmentRequestedAsync(string orderId)
    {
        while (!_services.Has($"request-shipment {orderId}"))
        {
            await PassAsync(TimeSpan.FromSeconds(1));
        }
    }

    public Task<bool> ConfirmShipmentAsync(string orderId, string tracking) =>
        UnlessEndedAsync(Handle(orderId).ExecuteUpdateAsync(workflow => workflow.ConfirmShipmentAsync(tracking)));

    public Task<bool> CancelAsync(string orderId) =>
        UnlessEndedAsync(Handle(orderId).ExecuteUpdateAsync(workflow => workflow.CancelAsync()));

    public Task<OrderStatus> StatusAsync(string orderId) => Handle(orderId).QueryAsync(workflow => workflow.Status());

    public Task PassAsync(TimeSpan time) => _environment.DelayAsync(time);

    public Task<OrderStatus> EndAsync(string orderId) => Handle(orderId).GetResultAsync<OrderStatus>();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working.ContinueWith(_ => { }, TaskScheduler.Default);
        _worker.Dispose();
        _stop.Dispose();
        await _environment.DisposeAsync();
    }

    private WorkflowHandle<OrderWorkflow> Handle(string orderId) => _environment.Client.GetWorkflowHandle<OrderWorkflow>(orderId);

    private static async Task<bool> UnlessEndedAsync(Task<bool> update)
    {
        try
        {
            return await update;
        }
        catch (RpcException ended) when (ended.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }
}
