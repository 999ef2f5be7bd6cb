using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Schedules;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Everything that the SDK offers for schedules.</summary>
public sealed class ScheduleTests(SdkEngine engine)
{
    private static readonly SearchAttributeKey<string> ScheduledBy = SearchAttributeKey.CreateKeyword("TemporalScheduledById");

    private static readonly SearchAttributeKey<DateTimeOffset> ScheduledAt =
        SearchAttributeKey.CreateDateTimeOffset("TemporalScheduledStartTime");

    [Fact]
    public async Task Schedule_WhenItsTimeComes_StartsWorkflowsByItself() => await WithWorkerAsync(async queue =>
    {
        var handle = await CreateAsync(Schedule(queue, "report", TimeSpan.FromSeconds(1)));

        var done = await UntilAsync(handle, info => Done(info) >= 2);

        var times = done.RecentActions.Select(action => action.ScheduledAt).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(TimeSpan.FromSeconds(1), times[1] - times[0]);
        var run = engine.Client.GetWorkflowHandle<ScheduledWorkflow, string>(WorkflowIdOf(done.RecentActions.First()));
        var attributes = (await run.DescribeAsync()).TypedSearchAttributes;
        Assert.Equal(handle.Id, attributes.Get(ScheduledBy));
        Assert.Equal(times[0], attributes.Get(ScheduledAt).UtcDateTime);
        Assert.EndsWith($"-{times[0]:yyyy-MM-ddTHH:mm:ss}Z", run.Id, StringComparison.Ordinal);
        await handle.DeleteAsync();
        var gone = await Assert.ThrowsAsync<RpcException>(() => handle.DescribeAsync());
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
    });

    [Fact]
    public async Task Result_WhenARunEnds_IsKnownToTheNext() => await WithWorkerAsync(async queue =>
    {
        var handle = await CreateAsync(Schedule(queue, "fail on second"));
        for (var run = 1; run <= 3; run++)
        {
            // Each in a second of its own: the workflow's id is made of it.
            await handle.BackfillAsync([new(Hour(run), Hour(run))]);
            await UntilAsync(handle, info => Done(info) == run);
        }

        var last = (await handle.DescribeAsync()).Info.RecentActions.Last();
        Assert.Equal("first, on purpose", await ResultAsync(last));
    });

    [Fact]
    public async Task Failure_WhenThePolicySaysSo_PausesTheSchedule() => await WithWorkerAsync(async queue =>
    {
        var schedule = Schedule(queue, "fail on second");
        var handle = await CreateAsync(schedule with { Policy = new() { PauseOnFailure = true } });
        await handle.BackfillAsync([new(Hour(1), Hour(2), ScheduleOverlapPolicy.BufferAll)]);

        await UntilAsync(handle, info => Done(info) == 2);

        var state = (await handle.DescribeAsync()).Schedule.State;
        Assert.True(state.Paused);
        Assert.Matches("^paused due to workflow failure: scheduled-.*: on purpose$", state.Note);
    });

    [Fact]
    public async Task Run_WhenItContinuesAsNew_RunsForItsSchedule() => await WithWorkerAsync(async queue =>
    {
        var handle = await CreateAsync(Schedule(queue, "go on"));
        await handle.TriggerAsync();
        var action = Assert.Single((await handle.DescribeAsync()).Info.RecentActions);
        var run = engine.Client.GetWorkflowHandle<ScheduledWorkflow, string>(WorkflowIdOf(action));

        await run.SignalAsync(w => w.EndAsync());
        await Assert.ThrowsAsync<WorkflowContinuedAsNewException>(() =>
            run.GetResultAsync(followRuns: false).WaitAsync(SdkEngine.Patience));
        await handle.BackfillAsync([new(Hour(1), Hour(1), ScheduleOverlapPolicy.Skip)]);
        var info = (await handle.DescribeAsync()).Info;
        Assert.Equal((1, 1), (info.NumActionsSkippedOverlap, info.RunningActions.Count));

        await run.SignalAsync(w => w.EndAsync());
        await UntilAsync(handle, info => info.RunningWorkflows.Count == 0);
        Assert.Equal("went on", await run.GetResultAsync());
    });

    [Fact]
    public async Task Run_WhenItIsRetried_RunsForItsScheduleUntilTheLastAttempt() => await WithWorkerAsync(async queue =>
    {
        var schedule = Schedule(queue, "retry");
        ((ScheduleActionStartWorkflow)schedule.Action).Options.RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(50) };
        var handle = await CreateAsync(schedule with { Policy = new() { PauseOnFailure = true } });
        await handle.TriggerAsync();

        var info = await UntilAsync(handle, info => Done(info) == 1);

        Assert.Equal("attempt 3", await ResultAsync(info.RecentActions.Single()));
        Assert.False((await handle.DescribeAsync()).Schedule.State.Paused);
    });

    [Theory]
    [InlineData(ScheduleOverlapPolicy.CancelOther, WorkflowExecutionStatus.Canceled)]
    [InlineData(ScheduleOverlapPolicy.TerminateOther, WorkflowExecutionStatus.Terminated)]
    public async Task Overlap_WhenTheOtherIsToEnd_StartsAfterItsEnd(
        ScheduleOverlapPolicy policy, WorkflowExecutionStatus status) => await WithWorkerAsync(async queue =>
    {
        var handle = await CreateAsync(Schedule(queue, "wait"));
        await handle.TriggerAsync();
        var first = Assert.Single((await handle.DescribeAsync()).Info.RecentActions);

        await handle.BackfillAsync([new(Hour(1), Hour(1), policy)]);

        await UntilAsync(handle, info => info.RecentActions.Count == 2);
        var ended = await engine.Client.GetWorkflowHandle(WorkflowIdOf(first), FirstRunOf(first)).DescribeAsync();
        Assert.Equal(status, ended.Status);
        Assert.Single((await handle.DescribeAsync()).Info.RunningActions);
        await handle.DeleteAsync();
    });

    [Fact]
    public async Task Update_WhenItChangesWhatAndWhen_HoldsForTheNextRunAndKeepsTheRest() =>
        await WithWorkerAsync(async queue =>
        {
            var handle = await engine.Client.CreateScheduleAsync(
                SdkEngine.NewName("schedule"),
                Schedule(queue, "wait"),
                new() { Memo = new Dictionary<string, object> { ["why"] = "because" } });
            await handle.TriggerAsync();
            await UntilAsync(handle, info => info.RunningWorkflows.Count == 1);

            await handle.UpdateAsync(input => new(input.Description.Schedule with
            {
                Action = Schedule(queue, "tell").Action,
                Spec = new() { Intervals = [new(TimeSpan.FromDays(1), TimeSpan.FromHours(6))] },
                State = new() { Paused = true, Note = "by hand from now on" },
            }));
            await handle.BackfillAsync([new(Hour(6), Hour(6), ScheduleOverlapPolicy.AllowAll)]);
            var info = await UntilAsync(handle, info => Done(info) == 1);

            Assert.Equal("nothing, no failure", await ResultAsync(info.RecentActions.Last()));
            Assert.Single(info.RunningActions);
            var described = await handle.DescribeAsync();
            var spec = described.Schedule.Spec;
            Assert.Equal(new ScheduleIntervalSpec(TimeSpan.FromDays(1), TimeSpan.FromHours(6)), spec.Intervals.Single());
            Assert.Equal((true, "by hand from now on"), (described.Schedule.State.Paused, described.Schedule.State.Note));
            Assert.Equal("because", await described.Memo["why"].ToValueAsync<string>());
            Assert.True(described.Info.LastUpdatedAt > described.Info.CreatedAt);
            Assert.All(described.Info.NextActionTimes, time => Assert.Equal(6, time.Hour));
            await handle.DeleteAsync();
        });

    [Fact]
    public async Task Update_WhenTheScheduleHasChangedMeanwhile_IsRefused()
    {
        var handle = await CreateAsync(Schedule("nobody", "x"));

        var service = engine.Client.WorkflowService;
        var before = await service.DescribeScheduleAsync(new DescribeScheduleRequest { Namespace = "default", ScheduleId = handle.Id });
        await handle.PauseAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => service.UpdateScheduleAsync(new UpdateScheduleRequest
        {
            Namespace = "default",
            ScheduleId = handle.Id,
            Schedule = before.Schedule,
            ConflictToken = before.ConflictToken,
        }));

        Assert.Equal(RpcException.StatusCode.FailedPrecondition, refused.Code);
        Assert.Equal("mismatched conflict token", refused.Message);
        Assert.True((await handle.DescribeAsync()).Schedule.State.Paused);
    }

    [Fact]
    public async Task Create_WhenTheIdIsTaken_SaysSo()
    {
        var handle = await CreateAsync(Schedule("nobody", "x"));
        await Assert.ThrowsAsync<ScheduleAlreadyRunningException>(
            () => engine.Client.CreateScheduleAsync(handle.Id, Schedule("nobody", "x")));
    }

    [Fact]
    public async Task List_FindsSchedulesByAttributesAndNoWorkflowListDoes()
    {
        var customer = SdkEngine.NewName("customer");
        var handle = await engine.Client.CreateScheduleAsync(SdkEngine.NewName("schedule"), Schedule("nobody", "x"), new()
        {
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(SdkEngine.Customer, customer).ToSearchAttributeCollection(),
            Memo = new Dictionary<string, object> { ["why"] = "because" },
        });

        var listed = new List<ScheduleListDescription>();
        await foreach (var schedule in engine.Client.ListSchedulesAsync(new() { Query = $"Customer = '{customer}'" }))
        {
            listed.Add(schedule);
        }

        Assert.Equal(handle.Id, Assert.Single(listed).Id);
        Assert.Equal("because", await listed[0].Memo["why"].ToValueAsync<string>());
        Assert.Equal(customer, listed[0].TypedSearchAttributes.Get(SdkEngine.Customer));
        Assert.Equal(0, (await engine.Client.CountWorkflowsAsync($"Customer = '{customer}'")).Count);
    }

    private static int Done(Temporalio.Api.Schedule.V1.ScheduleInfo info) =>
        info.RecentActions.Count(action => action.StartWorkflowStatus != WorkflowExecutionStatus.Running);

    /// <summary>Describes the schedule again and again until it is as it should come to be.</summary>
    private static async Task<ScheduleInfo> UntilAsync(
        ScheduleHandle handle, Func<Temporalio.Api.Schedule.V1.ScheduleInfo, bool> condition)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await pace.WaitForNextTickAsync().AsTask().WaitAsync(SdkEngine.Patience))
        {
            var described = await handle.Client.WorkflowService.DescribeScheduleAsync(
                new DescribeScheduleRequest { Namespace = "default", ScheduleId = handle.Id });
            if (condition(described.Info))
            {
                return (await handle.DescribeAsync()).Info;
            }
        }

        throw new InvalidOperationException("The pace never ends.");
    }

    private static DateTime Hour(int hour) => new(2026, 1, 1, hour, 0, 0, DateTimeKind.Utc);

    private static string WorkflowIdOf(ScheduleActionResult action) =>
        ((ScheduleActionExecutionStartWorkflow)action.Action).WorkflowId;

    private static string FirstRunOf(ScheduleActionResult action) =>
        ((ScheduleActionExecutionStartWorkflow)action.Action).FirstExecutionRunId;

    private static Schedule Schedule(string queue, string how, TimeSpan? every = null) => new(
        ScheduleActionStartWorkflow.Create(
            (ScheduledWorkflow scheduled) => scheduled.RunAsync(how), new(SdkEngine.NewName("scheduled"), queue)),
        new() { Intervals = [new(every ?? TimeSpan.FromHours(1))] });

    private Task<ScheduleHandle> CreateAsync(Schedule schedule) =>
        engine.Client.CreateScheduleAsync(SdkEngine.NewName("schedule"), schedule);

    private Task<string> ResultAsync(ScheduleActionResult action) =>
        engine.Client.GetWorkflowHandle<ScheduledWorkflow, string>(WorkflowIdOf(action)).GetResultAsync();

    private Task WithWorkerAsync(Func<string, Task> body) =>
        engine.WithWorkerAsync(options => options.AddWorkflow<ScheduledWorkflow>(), body);
}
