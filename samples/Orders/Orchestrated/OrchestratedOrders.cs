using AugmentedOS.Samples.Orders.Services;
using AugmentedOS.Testing;
using AugmentedOS.Testing.Engines;
using AugmentedOS.Workflows.Errors;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Samples.Orders.Orchestrated;

/// <summary>Orders as workflows, on an engine with a file.</summary>
internal sealed class OrchestratedOrders : IOrderSystem
{
    private readonly WorkflowTest _host;
    private readonly OrderServices _services;

    private OrchestratedOrders(WorkflowTest host, OrderServices services) => (_host, _services) = (host, services);

    public static async Task<OrchestratedOrders> StartAsync(OrderServices services) => new(
        await WorkflowTest.StartAsync(
            worker => Configure(worker, services), new() { Engine = TestEngine.InFile() }),
        services);

    /// <summary>What the worker of an application has, too.</summary>
    internal static void Configure(TemporalWorkerOptions worker, OrderServices services) => worker
        .AddWorkflow<OrderWorkflow>()
        .AddAllActivities(new OrderActivities(services))
        .UseErrorTranslation(errors => errors.Translate<RefusedException>(
            refused => Fail.BusinessRule(refused.Message).WithCode(refused.Code)));

    public async Task PlaceAsync(Order order)
    {
        var options = new WorkflowOptions
        {
            Id = order.Id,
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
            IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate,
        };
        try
        {
            await _host.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync(order), options);
        }
        catch (WorkflowAlreadyStartedException)
        {
            // It has ended already.
        }
    }

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

    public Task PassAsync(TimeSpan time) => _host.DelayAsync(time);

    public Task<OrderStatus> EndAsync(string orderId) => Handle(orderId).GetResultAsync<OrderStatus>();

    public async Task RestartAsync()
    {
        await _host.StopWorkerAsync();
        await _host.CrashEngineAsync();
        await _host.StartWorkerAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private WorkflowHandle<OrderWorkflow> Handle(string orderId) =>
        _host.Client.GetWorkflowHandle<OrderWorkflow>(orderId);

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
