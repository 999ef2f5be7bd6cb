using AugmentedOS.Workflows.Locks;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Locks;

public sealed class DistributedLockTests
{
    private static readonly LockOptions Mutex = new(Lease: TimeSpan.FromHours(1));

    [Fact]
    public Task Mutex_WhenManyAsk_IsHeldByOneAtATimeInTheOrderTheyAsked() => PlayAsync(async scene =>
    {
        var handles = new List<WorkflowHandle<HolderWorkflow, Held>>();
        for (var i = 0; i < 4; i++)
        {
            handles.Add(await AskAsync(scene, $"holder-{i}", new(TimeSpan.FromHours(1), Mutex), isFirst: i == 0));
        }

        var held = new List<Held>();
        foreach (var handle in handles)
        {
            held.Add(await handle.GetResultAsync());
        }

        Assert.All(held.Zip(held.Skip(1)), pair => Assert.True(
            pair.First.To <= pair.Second.From && pair.First.Token < pair.Second.Token,
            $"{pair.First} then {pair.Second}"));
        Assert.All(held, one => Assert.False(one.WasLost));
    });

    [Fact]
    public Task Semaphore_WhenItHasTwoPlaces_IsHeldByTwoAtATime() => PlayAsync(async scene =>
    {
        var hold = new Hold(TimeSpan.FromHours(1), Mutex with { Capacity = 2 });
        var first = await AskAsync(scene, "first", hold, isFirst: true);
        var second = await AskAsync(scene, "second", hold, isFirst: true);
        var third = await AskAsync(scene, "third", hold, isFirst: false);

        var state = await StateAsync(scene);
        Assert.Equal(["first", "second"], state.Holders.Select(holder => holder.Request.WorkflowId));
        Assert.Equal(["third"], state.Queue.Select(request => request.WorkflowId));
        var (one, two, three) = (
            await first.GetResultAsync(), await second.GetResultAsync(), await third.GetResultAsync());
        Assert.True(one.To > two.From && three.From >= one.To, $"{one} {two} {three}");
    });

    [Fact]
    public Task Holder_WhenItIsTerminated_IsFreedLongBeforeItsLeaseEnds() => PlayAsync(async scene =>
    {
        var hold = new Hold(TimeSpan.FromDays(9), Mutex with { Lease = TimeSpan.FromDays(1) });
        var dead = await AskAsync(scene, "dead", hold, isFirst: true);
        var next = await AskAsync(scene, "next", hold with { For = TimeSpan.FromMinutes(1) }, isFirst: false);
        var start = await scene.Environment.GetCurrentTimeAsync();

        await dead.TerminateAsync("killed");

        Assert.InRange((await next.GetResultAsync()).From - start, TimeSpan.Zero, LockWorkflow.LookAfter * 3);
    });

    [Fact]
    public Task Holder_WhenItsWorkerIsGone_LosesTheLockWithItsLease() => PlayAsync(async scene =>
    {
        WorkflowHandle<HolderWorkflow, Held> asleep;
        var elsewhere = new TemporalWorkerOptions($"{scene.TaskQueue}-other").AddWorkflow<HolderWorkflow>();
        var hold = new Hold(
            TimeSpan.FromDays(9), Mutex with { TaskQueue = scene.TaskQueue, Lease = TimeSpan.FromSeconds(10) });
        using (var worker = new TemporalWorker(scene.Client, elsewhere))
        {
            asleep = await worker.ExecuteAsync(async () =>
            {
                var handle = await scene.Client.StartWorkflowAsync(
                    (HolderWorkflow workflow) => workflow.RunAsync(hold), new("asleep", elsewhere.TaskQueue!));
                await UntilAsync(scene, handle, EventType.WorkflowExecutionSignaled);
                return handle;
            });
        }

        var next = await (await AskAsync(scene, "next", new(TimeSpan.FromMinutes(1), Mutex), isFirst: false))
            .GetResultAsync();
        using var again = new TemporalWorker(scene.Client, elsewhere);
        var lost = await again.ExecuteAsync(() => asleep.GetResultAsync());

        Assert.True(lost.WasLost);
        Assert.True(next.Token > lost.Token);
    });

    [Fact]
    public Task Waiter_WhenItIsCancelled_LeavesTheQueue() => PlayAsync(async scene =>
    {
        var holder = await AskAsync(scene, "holder", new(TimeSpan.FromHours(1), Mutex), isFirst: true);
        var leaving = await AskAsync(scene, "leaving", new(TimeSpan.FromHours(1), Mutex), isFirst: false);
        var next = await AskAsync(scene, "next", new(TimeSpan.FromHours(1), Mutex), isFirst: false);

        await leaving.CancelAsync();

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => leaving.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failed.InnerException);
        Assert.True((await next.GetResultAsync()).From >= (await holder.GetResultAsync()).To);
    });

    [Fact]
    public Task Holder_WhenItIsCancelled_Releases() => PlayAsync(async scene =>
    {
        var holder = await AskAsync(scene, "holder", new(TimeSpan.FromDays(9), Mutex), isFirst: true);

        await holder.CancelAsync();
        await Assert.ThrowsAsync<WorkflowFailedException>(() => holder.GetResultAsync());

        // It ends when nobody holds it or waits.
        await scene.Client.GetWorkflowHandle(LockWorkflow.IdOf("account/1")).GetResultAsync();
    });

    [Fact]
    public Task Waiter_WhenItsTimeIsOver_FailsAndLeavesTheQueue() => PlayAsync(async scene =>
    {
        var holder = await AskAsync(scene, "holder", new(TimeSpan.FromHours(3), Mutex), isFirst: true);
        var waiter = await AskAsync(
            scene, "waiter", new(TimeSpan.FromHours(1), Mutex with { Timeout = TimeSpan.FromHours(1) }),
            isFirst: false);

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => waiter.GetResultAsync());
        Assert.Equal(
            LockTimeoutException.Type, Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
        Assert.Empty((await StateAsync(scene)).Queue);
        Assert.False((await holder.GetResultAsync()).WasLost);
    });

    [Fact]
    public Task Release_WhenItIsRepeated_DoesNothingMore() => PlayAsync(async scene => Assert.False(
        (await (await AskAsync(scene, "twice", new(TimeSpan.FromHours(1), Mutex, ReleasesTwice: true), isFirst: true))
            .GetResultAsync()).WasLost));

    [Fact]
    public Task Releases_WhenThereAreMany_AreForgottenWithTheirRun() => PlayAsync(
        async scene =>
        {
            var holder = await AskAsync(scene, "holder", new(TimeSpan.FromMinutes(5), Mutex), isFirst: true);
            var held = scene.Client.GetWorkflowHandle<LockWorkflow>(LockWorkflow.IdOf("account/1"));
            var first = (await DescribeAsync(scene)).RunId;
            var early = new LockRequest("account/1", "0", "somebody", "a run", 1, TimeSpan.FromMinutes(1));

            await held.SignalAsync(it => it.ReleaseAsync("0"));
            await held.SignalAsync(it => it.RequestAsync(early));
            Assert.Empty((await StateAsync(scene)).Queue);

            var sent = 0;
            while ((await DescribeAsync(scene)).RunId == first)
            {
                Assert.InRange(++sent, 1, 200);
                await held.SignalAsync(it => it.ReleaseAsync($"{sent}"));
            }

            await held.SignalAsync(it => it.RequestAsync(early));
            Assert.Single((await StateAsync(scene)).Queue);
            await holder.GetResultAsync();
        },
        ("SuggestContinueAsNewAfterEvents", "50"));

    [Fact]
    public Task FencingToken_WhenTheLockEndedBetween_RisesAllTheSame() => PlayAsync(async scene =>
    {
        var first = await (await AskAsync(scene, "first", new(TimeSpan.FromMinutes(1), Mutex), isFirst: true))
            .GetResultAsync();
        await scene.Client.GetWorkflowHandle(LockWorkflow.IdOf("account/1")).GetResultAsync();
        var second = await (await AskAsync(scene, "second", new(TimeSpan.FromMinutes(1), Mutex), isFirst: true))
            .GetResultAsync();

        Assert.True(second.Token > first.Token);
    });

    [Fact]
    public Task Workflow_WhenItAsksForTwoResources_HoldsBoth() => PlayAsync(async scene => Assert.True(
        await scene.Client.ExecuteWorkflowAsync(
            (TwoLocksWorkflow workflow) => workflow.RunAsync(), scene.Options("two"))));

    [Fact]
    public Task Lock_WhenItContinuesAsNew_KeepsItsHolderAndItsQueue() => PlayAsync(async scene =>
    {
        var renewing = new Hold(TimeSpan.FromMinutes(20), Mutex with { Lease = TimeSpan.FromMinutes(1) });
        var holder = await AskAsync(scene, "holder", renewing, isFirst: true);
        var next = await AskAsync(scene, "next", new(TimeSpan.FromHours(1), Mutex), isFirst: false);
        var run = (await DescribeAsync(scene)).RunId;

        var (one, two) = (await holder.GetResultAsync(), await next.GetResultAsync());

        Assert.False(one.WasLost);
        Assert.True(two.From >= one.To);
        var history = await scene.Client.GetWorkflowHandle(LockWorkflow.IdOf("account/1"), run).FetchHistoryAsync();
        Assert.Equal(EventType.WorkflowExecutionContinuedAsNew, history.Events.Last().EventType);
    }, ("SuggestContinueAsNewAfterEvents", "150"));

    [Fact]
    public async Task AcquireAsync_WhenNotInAWorkflow_SaysSo() => Assert.Contains(
        "inside a workflow only",
        (await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedLock.AcquireAsync("r"))).Message,
        StringComparison.Ordinal);

    private static Task PlayAsync(Func<Scene, Task> act, params (string Name, string Value)[] settings) =>
        Scene.PlayAsync(
        worker => worker.AddLocks().AddWorkflow<HolderWorkflow>().AddWorkflow<TwoLocksWorkflow>(), act, settings);

    /// <summary>Starts one that asks, and waits until it holds the lock (the first) or stands in the queue.</summary>
    private static async Task<WorkflowHandle<HolderWorkflow, Held>> AskAsync(
        Scene scene, string id, Hold hold, bool isFirst)
    {
        var handle = await scene.Client.StartWorkflowAsync(
            (HolderWorkflow workflow) => workflow.RunAsync(hold), scene.Options(id));
        await UntilAsync(
            scene, handle, isFirst ? EventType.WorkflowExecutionSignaled : EventType.ActivityTaskCompleted);
        return handle;
    }

    private static async Task<LockState> StateAsync(Scene scene) =>
        await scene.Client.GetWorkflowHandle<LockWorkflow>(LockWorkflow.IdOf("account/1")).QueryAsync(it => it.State());

    private static Task<WorkflowExecutionDescription> DescribeAsync(Scene scene) =>
        scene.Client.GetWorkflowHandle(LockWorkflow.IdOf("account/1")).DescribeAsync();

    /// <summary>Waits for an event of a run, without time passing.</summary>
    private static Task UntilAsync(Scene scene, WorkflowHandle handle, EventType type) =>
        scene.Environment.WithAutoTimeSkippingDisabledAsync(async () =>
        {
            await foreach (var seen in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
            {
                if (seen.EventType == type)
                {
                    return;
                }
            }

            Assert.Fail($"{handle.Id} ended without {type}.");
        });
}
