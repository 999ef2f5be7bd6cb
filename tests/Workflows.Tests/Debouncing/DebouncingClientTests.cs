using AugmentedOS.Workflows.Debouncing;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Debouncing;

public sealed class DebouncingClientTests
{
    private static readonly DebounceOptions TenQuiet = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30));

    private readonly TargetActivities _target = new();

    [Fact]
    public Task Debounce_WhenManyMessagesCome_CallsTheActivityOnceWithAll() => Scene.PlayAsync(Configure, async scene =>
    {
        for (var i = 1; i <= 5; i++)
        {
            await DebounceAsync(scene, i);
        }

        await EndOfAsync(scene, "aos.debounce/key");

        Assert.Equal([1, 2, 3, 4, 5], Assert.Single(_target.Calls));
    });

    [Fact]
    public Task Debounce_WhenAMessageComesAfterTheEnd_BeginsAnew() => Scene.PlayAsync(Configure, async scene =>
    {
        await DebounceAsync(scene, 1);
        await EndOfAsync(scene, "aos.debounce/key");
        await DebounceAsync(scene, 2);
        await EndOfAsync(scene, "aos.debounce/key");

        Assert.Equal([[1], [2]], _target.Calls);
    });

    [Fact]
    public Task Debounce_WhenTheActivityFails_TriesAgainWithTheSameItems() => Scene.PlayAsync(Configure, async scene =>
    {
        _target.FailNext(3);
        await DebounceAsync(scene, 1);
        await DebounceAsync(scene, 2);
        await EndOfAsync(scene, "aos.debounce/key");

        Assert.Equal([1, 2], Assert.Single(_target.Calls));
    });

    [Fact]
    public Task Throttle_WhenManyMessagesCome_CallsTheActivityForEachInItsTime() =>
        Scene.PlayAsync(Configure, async scene =>
        {
            var start = await scene.Environment.GetCurrentTimeAsync();
            for (var i = 1; i <= 3; i++)
            {
                await scene.Client.ThrottleAsync(
                    "key", i, new ThrottleOptions(1, TimeSpan.FromHours(1)),
                    Target(scene, nameof(TargetActivities.TakeOne)));
            }

            await EndOfAsync(scene, "aos.throttle/key");

            Assert.Equal([[1], [2], [3]], _target.Calls);
            Assert.InRange((await scene.Environment.GetCurrentTimeAsync() - start).TotalHours, 3, 3.1);
        });

    [Fact]
    public Task Debounce_WhenTheTargetHasNoActivity_IsRefusedAtOnce() => Scene.PlayAsync(Configure, async scene =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => scene.Client.DebounceAsync("key", 1, TenQuiet, Target(scene, ""))));

    private static Task DebounceAsync(Scene scene, int item) =>
        scene.Client.DebounceAsync("key", item, TenQuiet, Target(scene, nameof(TargetActivities.TakeAll)));

    private static ActionTarget Target(Scene scene, string activity) =>
        new(activity, scene.TaskQueue, TimeSpan.FromMinutes(1));

    private static Task EndOfAsync(Scene scene, string id) => scene.Client.GetWorkflowHandle(id).GetResultAsync();

    private void Configure(TemporalWorkerOptions worker) => worker.AddDebouncing().AddAllActivities(_target);
}
