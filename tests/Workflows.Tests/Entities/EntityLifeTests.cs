using AugmentedOS.Testing.Histories;
using AugmentedOS.Workflows.Entities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Tests.Entities;

/// <summary>How long an entity lives, and in which runs.</summary>
public sealed class EntityLifeTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public Task Entity_WhenItIsIdle_ContinuesAsNewWithItsState() => CartScene.PlayAsync(
        new(MessagesPerRun: 100, Idle: TimeSpan.FromHours(1)),
        async (test, cart) =>
        {
            await cart.AddAsync("a");
            await test.DelayAsync(TimeSpan.FromHours(2));

            Assert.False(await cart.QueryAsync(workflow => workflow.IsFirstRun()));
            Assert.Equal(["a"], (await cart.QueryAsync(workflow => workflow.Content())).Products);
            var second = (await cart.DescribeAsync()).RunId;

            // Without a message there is nothing to shorten.
            await test.DelayAsync(Day * 2);
            Assert.Equal(second, (await cart.DescribeAsync()).RunId);
            Assert.Equal(["a"], await cart.CheckOutAsync());
        });

    [Fact]
    public Task Entity_WhenMessagesComeAllTheTime_HasOneTimerForManyOfThem() => CartScene.PlayAsync(
        new(MessagesPerRun: 1_000, Idle: Day),
        async (test, cart) =>
        {
            for (var hour = 0; hour < 72; hour++)
            {
                await cart.AddAsync($"{hour}");
                await test.DelayAsync(TimeSpan.FromHours(1));
            }

            Assert.True(await cart.QueryAsync(workflow => workflow.IsFirstRun()));
            Assert.InRange(
                (await cart.FetchHistoryAsync()).Events.Count(e => e.EventType is EventType.TimerStarted), 3, 5);
            Assert.Equal(72, (await cart.CheckOutAsync()).Count);
        });

    [Fact]
    public Task Entity_WhenNoMessageComesForLong_EndsByItself() => CartScene.PlayAsync(
        new(Idle: Day, End: Day * 10),
        async (test, cart) =>
        {
            var start = await test.GetCurrentTimeAsync();
            await cart.AddAsync("a");
            await test.DelayAsync(Day * 6);
            await cart.AddAsync("b");
            await test.DelayAsync(Day * 6);
            Assert.Equal(WorkflowExecutionStatus.Running, (await cart.DescribeAsync()).Status);

            Assert.Equal(["a", "b"], (await cart.GetResultAsync()).Products);
            Assert.InRange(await test.GetCurrentTimeAsync() - start, Day * 16, Day * 16.1);
            Assert.True(await cart.QueryAsync(workflow => workflow.IsExpired()));
        });

    [Fact]
    public Task Entity_WhenNoMessageEverComes_EndsByItself() => CartScene.PlayAsync(new(End: Day * 10), async (test, cart) =>
    {
        Assert.Empty((await cart.GetResultAsync()).Products);
        Assert.True(await cart.QueryAsync(workflow => workflow.IsExpired()));
        Assert.Single(await test.ListWorkflowsAsync());
    });

    [Fact]
    public Task Entity_WhenAMessageTakesLong_IsNotIdleMeanwhile() => CartScene.PlayAsync(
        new(End: TimeSpan.FromHours(1)),
        async (test, cart) =>
        {
            var start = await test.GetCurrentTimeAsync();

            Assert.True(await cart.ExecuteUpdateAsync(workflow => workflow.OrderAsync("a", "lamp")));
            Assert.Equal(["lamp"], (await cart.GetResultAsync()).Products);
            Assert.InRange(await test.GetCurrentTimeAsync() - start, TimeSpan.FromHours(25), TimeSpan.FromHours(26));
        });

    [Fact]
    public Task Entity_WhenItsSnapshotIsTooLarge_FailsItsTaskAndLosesNothing() => CartScene.PlayAsync(
        new(MessagesPerRun: 2, MaxBytes: 500),
        async (test, cart) =>
        {
            await cart.AddAsync(new string('x', 100), new string('y', 100));

            var failed = await test.WaitForAsync(cart, HistoryStep.Event(EventType.WorkflowTaskFailed));
            Assert.Matches(
                "Entity 'cart' would hand on [0-9]+ bytes to its next run, where EntityOptions.MaxSnapshotBytes allows 500",
                failed.WorkflowTaskFailedEventAttributes.Failure.Message);
            Assert.Equal(WorkflowExecutionStatus.Running, (await cart.DescribeAsync()).Status);
            await cart.TerminateAsync();
        },
        new() { ToleratesFailedTasks = true, Replays = false });

    [Fact]
    public Task Message_WhenItIsHandledInsideAnother_FailsTheTaskAndSaysWhatToDo() => CartScene.PlayAsync(
        new(),
        async (test, cart) =>
        {
            await cart.StartUpdateAsync(workflow => workflow.PutAsync("a", "lamp"), new(WorkflowUpdateStage.Accepted));
            var both = cart.ExecuteUpdateAsync(workflow => workflow.PutBothAsync("b", "lamp"));

            var failed = await test.WaitForAsync(cart, HistoryStep.Event(EventType.WorkflowTaskFailed));
            Assert.Contains(
                "Message 'b-too' would be handled inside the handling of message 'b'",
                failed.WorkflowTaskFailedEventAttributes.Failure.Message,
                StringComparison.Ordinal);
            await cart.TerminateAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => both);
        },
        new() { ToleratesFailedTasks = true, Replays = false });

    [Theory]
    [InlineData(0, 10, "at least one message in a run, not 0: set EntityOptions.MessagesPerRun")]
    [InlineData(1, -1, "remember no ids (0) or some, not -1: set EntityOptions.RememberedMessages")]
    public void Options_WhenANumberIsOutOfItsRange_SayWhatToSet(int messages, int remembered, string message) => Assert.Contains(
        message,
        Assert.Throws<ArgumentException>(
            new EntityOptions { MessagesPerRun = messages, RememberedMessages = remembered }.Check).Message,
        StringComparison.Ordinal);
}
