using AugmentedOS.Workflows.Waiting;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Waiting;

public sealed class WorkflowWaitTests
{
    private static readonly WaitOptions Looks = new(LongPoll: TimeSpan.Zero, Pause: TimeSpan.FromHours(1));

    [Fact]
    public Task End_WhenTheOtherCompletesLater_BringsItsResult() => PlayAsync(async scene =>
    {
        await StartAsync(scene, TimeSpan.FromHours(5));
        var end = await WaitAsync(scene, Looks);

        Assert.Equal((WorkflowEndKind.Completed, 42), (end.Kind, end.ResultAs<int>()));
    });

    [Fact]
    public Task End_WhenTheOtherHasCompletedBefore_BringsItsResultByLongPollToo() => PlayAsync(async scene =>
    {
        await (await StartAsync(scene, TimeSpan.FromSeconds(1))).GetResultAsync();

        Assert.Equal(42, (await WaitAsync(scene, new())).ResultAs<int>());
    });

    [Fact]
    public Task End_WhenTheOtherContinuesAsNew_IsThatOfTheChain() => PlayAsync(async scene =>
    {
        await StartAsync(scene, TimeSpan.FromHours(5), runs: 3);

        Assert.Equal(42, (await WaitAsync(scene, Looks)).ResultAs<int>());
    });

    [Fact]
    public Task End_WhenTheOtherFails_SaysWhy() => PlayAsync(async scene =>
    {
        await StartAsync(scene, TimeSpan.FromHours(5), fails: true);
        var end = await WaitAsync(scene, Looks);

        Assert.Equal((WorkflowEndKind.Failed, "it did not work"), (end.Kind, end.Failure));
        Assert.Throws<InvalidOperationException>(() => end.ResultAs<int>());
    });

    [Fact]
    public Task End_WhenTheOtherIsCancelled_SaysSo() => PlayAsync(async scene =>
    {
        await (await StartAsync(scene, TimeSpan.FromHours(5))).CancelAsync();

        Assert.Equal(WorkflowEndKind.Canceled, (await WaitAsync(scene, Looks)).Kind);
    });

    [Fact]
    public Task End_WhenTheOtherIsTerminated_SaysSo() => PlayAsync(async scene =>
    {
        await (await StartAsync(scene, TimeSpan.FromHours(5))).TerminateAsync("enough");

        Assert.Equal(WorkflowEndKind.Terminated, (await WaitAsync(scene, Looks)).Kind);
    });

    [Fact]
    public Task End_WhenTheOtherTimesOut_SaysSo() => PlayAsync(async scene =>
    {
        await StartAsync(scene, TimeSpan.FromHours(5), timeout: TimeSpan.FromHours(2));

        Assert.Equal(WorkflowEndKind.TimedOut, (await WaitAsync(scene, Looks)).Kind);
    });

    [Fact]
    public Task End_WhenThereIsNoSuchWorkflow_SaysSo() => PlayAsync(async scene =>
        Assert.Equal(WorkflowEndKind.NotFound, (await WaitAsync(scene, Looks)).Kind));

    [Fact]
    public Task Wait_WhenItsTimeIsOver_FindsTheOtherStillOpen() => PlayAsync(async scene =>
    {
        // Without a timer: skipped time could run on to one before the other is asked.
        var other = await StartAsync(scene, Timeout.InfiniteTimeSpan);

        Assert.Equal(
            WorkflowEndKind.StillOpen, (await WaitAsync(scene, Looks with { Timeout = TimeSpan.FromDays(1) })).Kind);
        await other.TerminateAsync("the test is over");
    });

    [Fact]
    public Task Wait_WhenItIsForItself_IsRefused() => Scene.PlayAsync(
        worker => worker.AddWaiting().AddWorkflow<AwaitingWorkflow>(), async scene =>
        {
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => scene.Client.ExecuteWorkflowAsync(
                (AwaitingWorkflow workflow) => workflow.RunAsync("self", Looks), scene.Options("self")));
            Assert.Contains("waits for its own end", failed.InnerException!.Message, StringComparison.Ordinal);
        });

    private static Task PlayAsync(Func<Scene, Task> act) => Scene.PlayAsync(
        worker => worker.AddWaiting().AddWorkflow<AwaitingWorkflow>().AddWorkflow<AwaitedWorkflow>(), act);

    private static Task<WorkflowHandle<AwaitedWorkflow, int>> StartAsync(
        Scene scene, TimeSpan sleep, int runs = 1, bool fails = false, TimeSpan? timeout = null)
    {
        var options = scene.Options("other");
        options.ExecutionTimeout = timeout;
        var left = runs - 1;
        return scene.Client.StartWorkflowAsync(
            (AwaitedWorkflow workflow) => workflow.RunAsync(sleep, left, fails), options);
    }

    private static Task<WorkflowEnd> WaitAsync(Scene scene, WaitOptions options) => scene.Client.ExecuteWorkflowAsync(
        (AwaitingWorkflow workflow) => workflow.RunAsync("other", options), scene.Options("waiting"));
}
