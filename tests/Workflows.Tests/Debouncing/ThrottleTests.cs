using AugmentedOS.Workflows.Debouncing;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Tests.Debouncing;

public sealed class ThrottleTests
{
    private static readonly ThrottleOptions TwoAnHour = new(2, TimeSpan.FromHours(1));

    [Fact]
    public Task Items_WhenTheyAreMoreThanTheLimit_PassInTheirOrderInLaterPeriods() => PlayAsync(
        TwoAnHour, 5, passed => Assert.Equal(["1 @0", "2 @0", "3 @60", "4 @60", "5 @120"], passed));

    [Fact]
    public Task Items_WhenOnlyTheLatestIsKept_PassAsTheLatest() => PlayAsync(
        TwoAnHour with { Overflow = ThrottleOverflow.KeepLatest }, 5, passed => Assert.Equal(["5 @0"], passed));

    [Fact]
    public Task Items_WhenTheQueueIsFull_AreRefused() => PlayAsync(
        TwoAnHour with { Capacity = 3 },
        4,
        passed => Assert.Equal(["refused 4 @0", "1 @0", "2 @0", "3 @60"], passed));

    [Fact]
    public void Options_WhenTheLimitIsZero_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Throttle<int>(TwoAnHour with { Limit = 0 }));

    private static Task PlayAsync(ThrottleOptions options, int items, Action<IEnumerable<string>> then) =>
        Scene.PlayAsync(
        worker => worker.AddWorkflow<ThrottledWorkflow>(), async scene =>
        {
            var passed = await scene.Client.ExecuteWorkflowAsync(
                (ThrottledWorkflow workflow) => workflow.RunAsync(options, items), scene.Options("throttle"));
            then(passed.Select(batch => $"{string.Join(' ', batch.Items)} @{Math.Round(batch.After.TotalMinutes)}"));
        });
}
