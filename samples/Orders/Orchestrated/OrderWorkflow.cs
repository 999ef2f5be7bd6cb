using System.Linq.Expressions;
using AugmentedOS.Workflows.Deadlines;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Sagas;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Orders.Orchestrated;

/// <summary>An order from the first step to its end. What is done is undone in reverse order when the order comes to
/// nothing.</summary>
[Workflow]
internal sealed class OrderWorkflow
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _work =
        CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
    private OrderStatus _status = OrderStatus.InProgress;
    private string? _tracking;
    private bool _isCancelled;
    private bool _isOver;

    private bool IsOpen => !_isOver && !_isCancelled && _tracking is null;

    [WorkflowRun]
    public async Task<OrderStatus> RunAsync(Order order)
    {
        try
        {
            await Saga.RunAsync(saga => FulfilAsync(order, saga));
            _status = OrderStatus.Shipped;
        }
        catch (Exception failure) when (EndOf(failure) is { } end)
        {
            _status = end;
        }

        await NotifyAsync(order, $"{_status}");
        return _status;
    }

    [WorkflowUpdate]
    public Task<bool> ConfirmShipmentAsync(string tracking)
    {
        var isOpen = IsOpen;
        _tracking = isOpen ? tracking : _tracking;
        return Task.FromResult(isOpen);
    }

    [WorkflowUpdate]
    public Task<bool> CancelAsync()
    {
        var isOpen = IsOpen;
        if (isOpen)
        {
            _isCancelled = true;
            _work.Cancel();
        }

        return Task.FromResult(isOpen);
    }

    [WorkflowQuery]
    public OrderStatus Status() => _status;

    private async Task FulfilAsync(Order order, Saga saga)
    {
        try
        {
            await StepAsync(saga, "stock", services => services.Reserve(order), services => services.Release(order));
            await StepAsync(saga, "payment", services => services.Charge(order), services => services.Refund(order));
            await StepAsync(
                saga,
                "shipment",
                services => services.RequestShipment(order),
                services => services.CancelShipment(order));
            _status = OrderStatus.AwaitingShipment;
            await Deadline.After(TimeSpan.FromHours(48))
                .At(0.5, "remind", _ => NotifyAsync(order, "remind"))
                .At(1.0, "escalate", _ => NotifyAsync(order, "escalate"))
                .AbortAt(1.5)
                .RunAsync(token => Workflow.WaitConditionAsync(() => _tracking is not null, token), _work.Token);
        }
        catch (DeadlineExceededException) when (_tracking is not null)
        {
            // Confirmed in the moment of the abort: the warehouse was told that it counts.
        }
        finally
        {
            _isOver = true;
        }
    }

    private Task StepAsync(
        Saga saga, string name, Expression<Action<OrderActivities>> act, Expression<Action<OrderActivities>> undo)
    {
        // Registered first: a step that fails or is cancelled may have been done.
        saga.Compensate(name, compensation => Workflow.ExecuteActivityAsync(undo, compensation.Activity()));
        return Workflow.ExecuteActivityAsync(act, new()
        {
            StartToCloseTimeout = Attempt,
            CancellationToken = _work.Token,
            // An attempt that is under way ends before it is undone.
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        });
    }

    /// <summary>What an order has come to that could not be fulfilled; null where nobody expects the failure, which
    /// then is the workflow's.</summary>
    private OrderStatus? EndOf(Exception failure) => failure switch
    {
        SagaCompensationException => null,
        FailureException or OperationCanceledException when _isCancelled => OrderStatus.Cancelled,
        DeadlineExceededException => OrderStatus.ShipmentOverdue,
        FailureException when failure.HasCode("out-of-stock") => OrderStatus.OutOfStock,
        FailureException when failure.HasCode("declined") => OrderStatus.PaymentDeclined,
        _ => null,
    };

    private static Task NotifyAsync(Order order, string what) => Workflow.ExecuteActivityAsync<OrderActivities>(
        services => services.Notify(order.Id, what), new() { StartToCloseTimeout = Attempt });
}
