using AugmentedOS.Engine.Hosting;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Exceptions;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>The test service on the wire.</summary>
public sealed class TimeSkippingRpcsTests
{
    private static readonly TimeSpan Nearly = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Unlock_WhenThereIsNoLockLeft_IsRefused()
    {
        await using var engine = await StartAsync(TimeSkipping.Locked);
        var clock = engine.Client.Connection.TestService;
        await clock.UnlockTimeSkippingAsync(new());

        var refused = await Assert.ThrowsAsync<RpcException>(() => clock.UnlockTimeSkippingAsync(new()));

        Assert.Equal("Unbalanced lock and unlock calls", refused.Message);
        await clock.LockTimeSkippingAsync(new());
        await clock.UnlockTimeSkippingAsync(new());
    }

    [Fact]
    public async Task Unlock_WhenItBeginsUnlocked_IsRefusedAtOnce()
    {
        await using var engine = await StartAsync(TimeSkipping.Unlocked);

        await Assert.ThrowsAsync<RpcException>(
            () => engine.Client.Connection.TestService.UnlockTimeSkippingAsync(new()));
        await Assert.ThrowsAsync<RpcException>(
            () => engine.Client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new()));
    }

    [Fact]
    public async Task Sleep_WhenTimeIsUnlocked_SkipsAsFarAndNoFurther()
    {
        await using var engine = await StartAsync(TimeSkipping.Unlocked);
        var clock = engine.Client.Connection.TestService;
        var began = (await clock.GetCurrentTimeAsync(new())).Time;

        await clock.SleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(40)) });
        Near(began + Days(40), (await clock.GetCurrentTimeAsync(new())).Time);

        await clock.SleepUntilAsync(new() { Timestamp = began + Days(41) });
        Near(began + Days(41), (await clock.GetCurrentTimeAsync(new())).Time);
    }

    [Fact]
    public async Task SleepUntil_WhenThatHasPassed_AnswersAtOnce()
    {
        await using var engine = await StartAsync(TimeSkipping.Locked);
        var clock = engine.Client.Connection.TestService;
        var began = (await clock.GetCurrentTimeAsync(new())).Time;

        await clock.SleepUntilAsync(new() { Timestamp = began - Days(1) });

        Near(began, (await clock.GetCurrentTimeAsync(new())).Time);
    }

    [Fact]
    public async Task Sleep_WhenTimeIsLocked_WaitsForTheUnlock()
    {
        await using var engine = await StartAsync(TimeSkipping.Locked);
        var clock = engine.Client.Connection.TestService;
        var sleep = clock.SleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(1)) });
        await clock.GetCurrentTimeAsync(new());
        Assert.False(sleep.IsCompleted);

        await clock.UnlockTimeSkippingAsync(new());

        await sleep;
    }

    [Fact]
    public async Task UnlockWithSleep_WhenItIsTheOnlyLock_SkipsAndLocksAgain()
    {
        await using var engine = await StartAsync(TimeSkipping.Locked);
        var clock = engine.Client.Connection.TestService;
        var began = (await clock.GetCurrentTimeAsync(new())).Time;

        await clock.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(1)) });

        Near(began + Days(1), (await clock.GetCurrentTimeAsync(new())).Time);
        var locked = clock.SleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(1)) });
        await clock.GetCurrentTimeAsync(new());
        Assert.False(locked.IsCompleted);
        await clock.UnlockTimeSkippingAsync(new());
        await locked;
    }

    [Fact]
    public async Task Sleep_WhenTheDurationIsNegative_IsRefused()
    {
        await using var engine = await StartAsync(TimeSkipping.Locked);

        var refused = await Assert.ThrowsAsync<RpcException>(() => engine.Client.Connection.TestService.SleepAsync(
            new() { Duration = new Duration { Seconds = -1 } }));

        Assert.Equal("Invalid sleep duration: negative duration", refused.Message);
    }

    [Fact]
    public async Task TestService_WhenTimeCannotBeSkipped_IsNotThere()
    {
        await using var engine = await StartAsync(TimeSkipping.Off);

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => engine.Client.Connection.TestService.GetCurrentTimeAsync(new()));

        Assert.Equal(RpcException.StatusCode.Unimplemented, refused.Code);
    }

    private static Duration Days(int days) => Duration.FromTimeSpan(TimeSpan.FromDays(days));

    private static void Near(Timestamp expected, Timestamp actual) => Assert.True(
        (expected - actual).ToTimeSpan().Duration() < Nearly, $"{actual} is not near {expected}.");

    private static Task<EngineFixture> StartAsync(TimeSkipping skipping) =>
        EngineFixture.StartAsync(options => options.TimeSkipping = skipping);
}
