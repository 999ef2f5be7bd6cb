using AugmentedOS.Workflows.Versioning;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>One workflow through the life of a patch: bills once it is asked to, and goes on until it is closed. The
/// change: a discount before the bill.</summary>
public static class SubscriptionVersions
{
    public const string Name = "VersionedSubscription";

    private static readonly ActivityOptions Soon = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };

    /// <summary>What all of them share.</summary>
    public abstract class Subscription
    {
        private bool _isBilled;

        protected bool IsDue { get; private set; }

        protected bool IsClosed { get; private set; }

        [WorkflowSignal]
        public Task BillAsync()
        {
            IsDue = true;
            return Task.CompletedTask;
        }

        [WorkflowSignal]
        public Task CloseAsync()
        {
            IsClosed = true;
            return Task.CompletedTask;
        }

        [WorkflowQuery]
        public bool IsBilled() => _isBilled;

        protected async Task<string> FinishAsync(string before)
        {
            var bill = await Workflow.ExecuteActivityAsync(() => SubscriptionActivities.Bill(), Soon);
            _isBilled = true;
            await Workflow.WaitConditionAsync(() => IsClosed);
            return before + bill;
        }
    }

    [Workflow(Name)]
    public sealed class Before : Subscription
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => IsDue);
            return await FinishAsync("");
        }
    }

    [Workflow(Name)]
    public sealed class Patched : Subscription
    {
        private static readonly WorkflowPatch Discounts = new("discounts", "A discount is given before the bill");

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => IsDue);
            if (Discounts.IsApplied())
            {
                return await FinishAsync(
                    await Workflow.ExecuteActivityAsync(() => SubscriptionActivities.Discount(), Soon));
            }

            return await FinishAsync("");
        }
    }

    /// <summary>Fails its workflow tasks, all of them.</summary>
    [Workflow(Name)]
    public sealed class Broken : Subscription
    {
        [WorkflowRun]
        public Task<string> RunAsync() => throw new InvalidCastException("a bug");
    }

    [Workflow(Name)]
    public sealed class Deprecated : Subscription
    {
        private static readonly WorkflowPatch Discounts = new("discounts", "A discount is given before the bill");

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => IsDue);
            Discounts.Deprecate();
            return await FinishAsync(
                await Workflow.ExecuteActivityAsync(() => SubscriptionActivities.Discount(), Soon));
        }
    }

    [Workflow(Name)]
    public sealed class Removed : Subscription
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => IsDue);
            return await FinishAsync(
                await Workflow.ExecuteActivityAsync(() => SubscriptionActivities.Discount(), Soon));
        }
    }
}

/// <summary>What subscriptions ask for.</summary>
public static class SubscriptionActivities
{
    [Activity]
    public static string Discount() => "discount, ";

    [Activity]
    public static string Bill() => "bill";
}
