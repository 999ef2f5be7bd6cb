using System.Linq.Expressions;
using AugmentedOS.Workflows.Deadlines;
using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Orders.Orchestrated;

/// <summary>An order from the first step to its end. What is done is undone in reverse order when the order comes to nothing.</summary>
[Workflow]
internal sealed class OrderWorkflow
{
    private readonly Stack<Expression<Action<OrderActivities>>> _undo = [];
    private OrderStatus _status = OrderStatus.InProgress;
    private string? _tracking;
    private bool _isCancelled;

    [WorkflowRun]
    public async Task<OrderStatus> RunAsync(Order order)
    {
        try
        {
            _status = await FulfilAsync(order);
        }
        catch (ActivityFailureException refused) when (refused.Is(ErrorKind.BusinessRule))
        {
            _status = WorkflowError.From(refused).Code == "declined" ? OrderStatus.PaymentDeclined : OrderStatus.OutOfStock;
        }

        while (_status != OrderStatus.Shipped && _undo.TryPop(out var undo))
        {
            await DoAsync(undo);
        }

        await NotifyAsync(order, $"{_status}");
        return _status;
    }

    [WorkflowUpdate]
    public Task<bool> ConfirmShipmentAsync(string tracking)
    {
        var isOpen = _status == OrderStatus.AwaitingShipment && !_isCancelled;
        _tracking ??= isOpen ? tracking : null;
        return Task.FromResult(isOpen);
    }

    [WorkflowUpdate]
    public Task<bool> CancelAsync()
    {
        var isOpen = _status is OrderStatus.InProgress or OrderStatus.AwaitingShipment && _tracking is null;
        _isCancelled |= isOpen;
        return Task.FromResult(isOpen);
    }

    [WorkflowQuery]
    public OrderStatus Status() => _status;

    private async Task<OrderStatus> FulfilAsync(Order order)
    {
        await StepAsync(services => services.Reserve(order), services => services.Release(order));
        if (_isCancelled)
        {
            return OrderStatus.Cancelled;
        }

        await StepAsync(services => services.Charge(order), services => services.Refund(order));
        if (_isCancelled)
        {
            return OrderStatus.Cancelled;
        }

        _status = OrderStatus.AwaitingShipment;
        await StepAsync(services => services.RequestShipment(order), services => services.CancelShipment(order));
        try
        {
            await Deadline.After(TimeSpan.FromHours(48))
                .At(0.5, "remind", _ => NotifyAsync(order, "remind"))
                .At(1.0, "escalate", _ => NotifyAsync(order, "escalate"))
                .AbortAt(1.5)
                .RunAsync(token => Workflow.WaitConditionAsync(() => _isCancelled || _tracking is not null, token));
        }
        catch (DeadlineExceededException)
        {
            return OrderStatus.ShipmentOverdue;
        }

        return _isCancelled ? OrderStatus.Cancelled : OrderStatus.Shipped;
    }

    private async Task StepAsync(Expression<Action<OrderActivities>> act, Expression<Action<OrderActivities>> undo)
    {
        await DoAsync(act);
        _undo.Push(undo);
    }

    private static Task NotifyAsync(Order order, string what) => DoAsync(services => services.Notify(order.Id, what));

    private static Task DoAsync(Expression<Action<OrderActivities>> act) =>
        Workflow.ExecuteActivityAsync(act, new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}
