using AugmentedOS.Workflows.FanOuts;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.FanOuts;

/// <summary>Fan-outs through the official SDK; each run is replayed at the end.</summary>
public sealed class FanOutTests
{
    private readonly ResizeWorkflow.Images _images = new();

    [Fact]
    public async Task FanOut_WhenAllSucceed_GivesResultsInOrderWithBoundedParallelism() =>
        await PlayAsync(new(7), async resize =>
            Assert.Equal("0 10 20 30 40 50 60 | 3", await resize.GetResultAsync()));

    [Fact]
    public async Task FanOut_WhenAnEarlyItemIsSlow_LetsOthersPassAndKeepsTheOrder()
    {
        _images.Stuck.Add(0);
        await PlayAsync(new(4, MaxParallel: 2), async resize =>
        {
            // Item 0 holds its place while 1, 2 and 3 go through the other.
            await resize.ExecuteUpdateAsync(workflow => workflow.AwaitRunningAsync(1));
            Assert.Equal(4, _images.Calls);
            _images.Free.SetResult();
            Assert.Equal("0 10 20 30 | 2", await resize.GetResultAsync());
        });
    }

    [Fact]
    public async Task FanOut_WhenThereAreNoItems_IsDone() => await PlayAsync(new(0), async resize =>
        Assert.Equal(" | 0", await resize.GetResultAsync()));

    [Fact]
    public async Task FanOut_WhenItFailsFast_CancelsTheRestAndNamesTheItem()
    {
        _images.Broken.Add(1);
        _images.Stuck.UnionWith([0, 2]);
        await PlayAsync(new(50), async resize =>
        {
            var failure = await FailureAsync(resize);

            Assert.Equal(
                "1 of 50 items failed, where none may fail: item 1 (1): no image 1. 49 were cancelled or not begun.",
                failure.Message);
            Assert.Equal("no image 1", failure.InnerException!.InnerException!.Message);
            Assert.Equal(2, await resize.QueryAsync(workflow => workflow.Cancelled()));
            Assert.InRange(_images.Calls, 1, 3);
        });
    }

    [Fact]
    public async Task FanOut_WhenItCollects_TriesAll()
    {
        _images.Broken.UnionWith([0, 3]);
        await PlayAsync(new(4, Tolerated: -1), async resize =>
            Assert.Equal("- 10 20 - | 3", await resize.GetResultAsync()));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(0, 0.2)]
    public async Task FanOut_WhenAsManyFailAsMay_Succeeds(int tolerated, double? share)
    {
        _images.Broken.UnionWith([2, 9]);
        await PlayAsync(new(10, Tolerated: tolerated, Share: share), async resize =>
            Assert.Equal("0 10 - 30 40 50 60 70 80 - | 3", await resize.GetResultAsync()));
    }

    [Theory]
    [InlineData(1, null, "1 may fail")]
    [InlineData(0, 0.19, "19% may fail")]
    public async Task FanOut_WhenOneMoreFails_Fails(int tolerated, double? share, string policy)
    {
        _images.Broken.UnionWith([2, 9]);
        await PlayAsync(new(10, Tolerated: tolerated, Share: share), async resize =>
        {
            var failure = await FailureAsync(resize);
            Assert.StartsWith(
                $"2 of 10 items failed, where {policy}: item 2 (2)", failure.Message, StringComparison.Ordinal);
            Assert.Equal("no image 9", failure.InnerException!.InnerException!.Message);
        });
    }

    [Fact]
    public async Task FanOut_WhenTheWorkflowIsCancelled_CancelsWhatRunsAndBeginsNoMore()
    {
        _images.Stuck.UnionWith([0, 1, 2]);
        await PlayAsync(new(50), async resize =>
        {
            await resize.ExecuteUpdateAsync(workflow => workflow.AwaitRunningAsync(3));
            await resize.CancelAsync();

            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => resize.GetResultAsync());
            Assert.IsType<CanceledFailureException>(failure.InnerException);
            Assert.Equal(3, await resize.QueryAsync(workflow => workflow.Cancelled()));
            Assert.InRange(_images.Calls, 0, 3);
        });
    }

    [Fact]
    public async Task FanOut_WhenItIsUsedOutsideOfAWorkflow_SaysWhatToDo() => Assert.Contains(
        "inside a workflow",
        (await Assert.ThrowsAsync<InvalidOperationException>(() => FanOut.RunAsync([1],
            (item, _) => Task.FromResult(item)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Share_WhenItIsAPercentage_IsRefused() => Assert.Contains(
        "0.1 for ten percent", Assert.Throws<ArgumentOutOfRangeException>(() => FanOutFailures.UpToShare(10)).Message,
        StringComparison.Ordinal);

    private static async Task<ApplicationFailureException> FailureAsync(WorkflowHandle resize) =>
        Assert.IsType<ApplicationFailureException>(
        (await Assert.ThrowsAsync<WorkflowFailedException>(() => resize.GetResultAsync())).InnerException);

    private async Task PlayAsync(ResizeWorkflow.Plan plan, Func<WorkflowHandle<ResizeWorkflow, string>, Task> then) =>
        await Scene.PlayAsync(
        worker => worker.AddWorkflow<ResizeWorkflow>().AddAllActivities(_images),
        async scene =>
        {
            try
            {
                await then(await scene.Client.StartWorkflowAsync(
                    (ResizeWorkflow workflow) => workflow.RunAsync(plan), scene.Options("resize")));
            }
            finally
            {
                // The worker waits for its activities before it stops.
                _images.Free.TrySetResult();
            }
        });
}
