using System.Net;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Polling;
using AugmentedOS.Workflows.Resilience;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Resilience;

/// <summary>Circuits around activities, in skipped time.</summary>
public sealed class CircuitTests
{
    private static readonly Action<DependencyOptions> Brittle = options =>
    {
        options.MinimumCalls = 2;
        options.Break = TimeSpan.FromMinutes(10);
    };

    [Fact]
    public async Task Circuit_WhenTheDependencyIsDown_OpensAndTriesAgainWhenItsBreakIsOver()
    {
        var bank = new BankActivities(attempt => attempt <= 2
            ? new HttpRequestException("down", null, HttpStatusCode.ServiceUnavailable)
            : null);
        await BankScene.RunAsync(bank, Brittle, async (dependencies, start) =>
        {
            var handle = await start(0);

            // Two attempts reach the bank, the third is refused for the rest of the break, the fourth finds it well.
            Assert.Equal("attempt 4 after 10 min", await handle.GetResultAsync());
            Assert.Equal(3, bank.Calls);
            Assert.Equal(CircuitHealth.Closed, dependencies.Health("bank"));
            var refusal = (await ActivityAsync(handle)).LastFailure;
            Assert.Equal("aos.DependencyDown", refusal.ApplicationFailureInfo.Type);
            Assert.InRange(
                refusal.ApplicationFailureInfo.NextRetryDelay.ToTimeSpan(), TimeSpan.FromMinutes(9),
                TimeSpan.FromMinutes(10));
        });
    }

    [Fact]
    public async Task Circuit_WhenItIsOpen_IsReadAsADependencyThatIsDown()
    {
        var bank = new BankActivities(_ => Fail.Transient("broken"));
        await BankScene.RunAsync(bank, Brittle, async (dependencies, start) =>
        {
            var handle = await start(3);

            var error = WorkflowError.From(
                await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync()));

            Assert.Equal(
                (ErrorKind.DependencyDown, "circuit-open", "Pay"), (error.Kind, error.Code, error.ActivityType));
            Assert.Contains("Nothing is sent to \"bank\" now", error.Message, StringComparison.Ordinal);
            Assert.Equal(ErrorKind.DependencyDown.Rule().UserMessage, error.UserMessage);
            Assert.NotNull(error.RetryAfter);
            Assert.Equal((2, CircuitHealth.Open), (bank.Calls, dependencies.Health("bank")));
        });
    }

    [Fact]
    public async Task Circuit_WhenFailuresAreExpected_StaysClosed()
    {
        var bank = new BankActivities(attempt => attempt <= 4 ? Poll.NotYet("the receipt") : null);
        await BankScene.RunAsync(bank, Brittle, async (dependencies, start) =>
        {
            await (await start(0)).GetResultAsync();

            Assert.Equal((5, CircuitHealth.Closed), (bank.Calls, dependencies.Health("bank")));
        });
    }

    [Fact]
    public async Task Limit_WhenItIsReached_HasTheActivityComeBackInTime()
    {
        var bank = new BankActivities((int _) => null);
        await BankScene.RunAsync(
            bank,
            options => (options.Calls, options.Window) = (1, TimeSpan.FromHours(1)),
            async (_, start) =>
            {
                await (await start(1)).GetResultAsync();

                var second = await start(2);
                var error = WorkflowError.From(
                    await Assert.ThrowsAsync<WorkflowFailedException>(() => second.GetResultAsync()));

                Assert.Equal((ErrorKind.Throttled, "rate-limit", 1), (error.Kind, error.Code, bank.Calls));
                var first = (await ActivityAsync(second)).LastFailure;
                Assert.InRange(
                    first.ApplicationFailureInfo.NextRetryDelay.ToTimeSpan(), TimeSpan.FromSeconds(1),
                    TimeSpan.FromHours(1));
            });
    }

    [Fact]
    public async Task Activity_WhenItIsCanceledWithinACircuit_EndsAsCanceled()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var bank = new BankActivities(async context =>
        {
            started.TrySetResult();
            using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await pulse.WaitForNextTickAsync(context.CancellationToken))
            {
                context.Heartbeat();
            }

            return "never";
        });
        await BankScene.RunAsync(bank, Brittle, async (dependencies, start) =>
        {
            var handle = await start(1);
            await started.Task;
            await handle.CancelAsync();

            await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

            Assert.Contains(
                (await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.ActivityTaskCanceled);
            Assert.Equal(CircuitHealth.Closed, dependencies.Health("bank"));
        });
    }

    [Fact]
    public async Task Circuit_WhenAnOperatorIsolatesIt_LetsNothingThroughUntilItIsClosed()
    {
        var bank = new BankActivities((int _) => null);
        await BankScene.RunAsync(bank, Brittle, async (dependencies, start) =>
        {
            await dependencies.IsolateAsync("bank", TestContext.Current.CancellationToken);
            var refused = await start(1);
            var error = WorkflowError.From(
                await Assert.ThrowsAsync<WorkflowFailedException>(() => refused.GetResultAsync()));
            Assert.Equal((ErrorKind.DependencyDown, 0), (error.Kind, bank.Calls));
            Assert.Contains("an operator isolated it", error.Message, StringComparison.Ordinal);
            Assert.Equal(CircuitHealth.Isolated, dependencies.Health("bank"));

            await dependencies.CloseAsync("bank", TestContext.Current.CancellationToken);
            Assert.Equal("attempt 1 after 0 min", await (await start(1)).GetResultAsync());
        });
    }

    private static async Task<ActivityTaskStartedEventAttributes> ActivityAsync(WorkflowHandle handle) => Assert.Single(
        (await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.ActivityTaskStarted)
        .ActivityTaskStartedEventAttributes;
}
