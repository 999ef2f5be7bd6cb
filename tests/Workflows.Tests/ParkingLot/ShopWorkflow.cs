using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.ParkingLot;

/// <summary>Reserves and charges, and fails in the way that the test is about.</summary>
[Workflow]
public sealed class ShopWorkflow
{
    private bool _isPaid;
    private bool _isWaiting;

    [WorkflowRun]
    public async Task<string> RunAsync(string how)
    {
        var order = Workflow.Info.WorkflowId;
        await Workflow.ExecuteActivityAsync((ShopActivities shop) => shop.Reserve(order), RetryPresets.Database());
        switch (how)
        {
            case "activity":
                await ChargeAsync(order);
                break;
            case "wrap":
                await WrapAsync(order);
                break;
            case "compensate":
                await CompensateAsync(order);
                break;
            case "local":
                await Workflow.ExecuteLocalActivityAsync(
                    (ShopActivities shop) => shop.Charge(order),
                    new()
                    {
                        StartToCloseTimeout = TimeSpan.FromSeconds(10),
                        RetryPolicy = new() { MaximumAttempts = 1 }
                    });
                break;
            case "child":
                await Workflow.ExecuteChildWorkflowAsync(
                    (ShopWorkflow child) => child.RunAsync("activity"), new() { Id = $"{order}-child" });
                break;
            case "wait":
                _isWaiting = true;
                await Workflow.WaitConditionAsync(() => _isPaid);
                break;
            case "own":
                throw Fail.BusinessRule("closed on Sundays").WithCode("shop.closed");
            default:
                throw new ArgumentException(how);
        }

        return "shipped";
    }

    [WorkflowSignal]
    public Task PayAsync()
    {
        _isPaid = true;
        return Task.CompletedTask;
    }

    /// <summary>Answers when the workflow has come to where it waits.</summary>
    [WorkflowUpdate]
    public Task ReachedAsync() => Workflow.WaitConditionAsync(() => _isWaiting);

    private static Task ChargeAsync(string order) => Workflow.ExecuteActivityAsync(
        (ShopActivities shop) => shop.Charge(order),
        RetryPresets.PaymentProvider(options => options.RetryPolicy!.MaximumAttempts = 3));

    private static async Task WrapAsync(string order)
    {
        try
        {
            await ChargeAsync(order);
        }
        catch (ActivityFailureException e)
        {
            throw new ApplicationFailureException("the order failed", e);
        }
    }

    private static async Task CompensateAsync(string order)
    {
        try
        {
            await ChargeAsync(order);
        }
        catch (ActivityFailureException)
        {
            await Workflow.ExecuteActivityAsync((ShopActivities shop) => shop.Release(order), RetryPresets.Database());
            throw;
        }
    }
}
