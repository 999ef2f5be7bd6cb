using AugmentedOS.Workflows.Debouncing;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Tests.Debouncing;

public sealed class DebouncerTests
{
    private static readonly DebounceOptions TenQuiet = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30));

    [Fact]
    public Task Items_WhenTheyComeCloseTogether_ComeOutTogetherOnceQuiet() => PlayAsync(
        TenQuiet, [0, 3, 6], batches => Assert.Equal(["0 3 6 @16"], batches));

    [Fact]
    public Task Items_WhenThereIsAQuietTimeBetween_ComeOutApart() => PlayAsync(
        TenQuiet, [0, 3, 20], batches => Assert.Equal(["0 3 @13", "20 @30"], batches));

    [Fact]
    public Task Items_WhenItIsNeverQuiet_ComeOutAtTheLatest() => PlayAsync(
        TenQuiet, [0, 8, 16, 24, 32], batches => Assert.Equal(["0 8 16 24 @30", "32 @42"], batches));

    [Fact]
    public Task Items_WhenTheyAreTooMany_ComeOutAtOnce() => PlayAsync(
        TenQuiet with { MaxItems = 2 }, [0, 1, 2], batches => Assert.Equal(["0 1 @1", "2 @12"], batches));

    [Fact]
    public void Options_WhenTheLatestIsBeforeTheQuietTime_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new Debouncer<int>(new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1))));

    [Fact]
    public void Add_WhenNotInAWorkflow_SaysSo() => Assert.Contains(
        "inside a workflow only",
        Assert.Throws<InvalidOperationException>(() => new Debouncer<int>(TenQuiet).Add(1)).Message,
        StringComparison.Ordinal);

    private static Task PlayAsync(DebounceOptions options, int[] minutes, Action<IEnumerable<string>> then) =>
        Scene.PlayAsync(
        worker => worker.AddWorkflow<DebouncerWorkflow>(), async scene =>
        {
            var batches = await scene.Client.ExecuteWorkflowAsync(
                (DebouncerWorkflow workflow) => workflow.RunAsync(options, minutes), scene.Options("debouncer"));
            then(batches.Select(batch => $"{string.Join(' ', batch.Items)} @{Math.Round(batch.After.TotalMinutes)}"));
        });
}
