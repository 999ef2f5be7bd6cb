using AugmentedOS.Workflows.Sagas;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Sagas;

/// <summary>Does steps one after the other in a saga; then waits to be cancelled where it is told to.</summary>
[Workflow]
public sealed class PurchaseWorkflow
{
    /// <param name="Forgetful">Compensations do not take the options that they are given.</param>
    public sealed record Plan(
        IReadOnlyList<string> Steps,
        bool Waits = false,
        bool Forgetful = false,
        CompensationOrder Order = CompensationOrder.Reverse,
        CompensationFailurePolicy OnFailure = CompensationFailurePolicy.GoOn);

    private bool _waiting;

    private static ActivityOptions Doing => new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };

    [WorkflowRun]
    public Task<int> RunAsync(Plan plan) => Saga.RunAsync(
        async saga =>
        {
            foreach (var step in plan.Steps)
            {
                saga.Compensate(step, undo => Workflow.ExecuteActivityAsync(
                    (ShopActivities shop) => shop.Call($"undo {step}"), plan.Forgetful ? Doing : undo.Activity()));
                await Workflow.ExecuteActivityAsync((ShopActivities shop) => shop.Call($"do {step}"), Doing);
            }

            if (plan.Waits)
            {
                _waiting = true;
                await Workflow.WaitConditionAsync(() => false);
            }

            return plan.Steps.Count;
        },
        new() { Order = plan.Order, OnFailure = plan.OnFailure });

    [WorkflowUpdate]
    public Task AwaitWaitingAsync() => Workflow.WaitConditionAsync(() => _waiting);
}
