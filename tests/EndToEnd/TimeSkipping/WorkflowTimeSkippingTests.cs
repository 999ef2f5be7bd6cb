using AugmentedOS.EndToEnd.Sdk;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.EndToEnd.TimeSkipping;

/// <summary>One workflow skips time on an engine whose own time is real.</summary>
public sealed class WorkflowTimeSkippingTests(SdkEngine engine)
{
    private static readonly TimeSpan Nearly = TimeSpan.FromMinutes(1);

    [Fact]
    public Task Workflow_WhenItMaySkipTime_SleepsForAMonthInAMoment() => WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue, TimeSpan.FromDays(30), new() { Enabled = true });

        var ended = await handle.GetResultAsync<DateTime>();

        Near(DateTime.UtcNow.AddDays(30), ended);
        var history = await handle.FetchHistoryAsync();
        var skip = Assert.Single(
            history.Events, e => e.EventType == EventType.WorkflowExecutionTimeSkippingTransitioned);
        Assert.True(skip.WorkerMayIgnore);
        Near(DateTime.UtcNow.AddDays(30), skip.WorkflowExecutionTimeSkippingTransitionedEventAttributes.TargetTime.ToDateTime());
        var info = (await SdkEngine.DescribeRawAsync(handle)).WorkflowExtendedInfo.TimeSkippingInfo;
        Near(DateTime.UtcNow.AddDays(30), info.CurrentTime.ToDateTime());
        Assert.Equal((1, 200), (info.CurrentSessionSkipCount, info.EffectiveConfig.MaxSessionSkipCount));
    });

    [Fact]
    public Task FastForward_WhenItIsOver_IsToldToWhoWaitsAndLeavesTimeReal() => WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue, TimeSpan.FromDays(30), new()
        {
            Enabled = true,
            FastForwardConfig = new() { Id = "week", Duration = Duration.FromTimeSpan(TimeSpan.FromDays(7)) },
        });

        var polled = await PollAsync(handle, "week");

        Assert.Equal(FastForwardPollingResult.FastForwardCompleted, polled.FastForwardPollingResult);
        Assert.True(polled.FastForwardInfo.HasCompleted);
        var described = await SdkEngine.DescribeRawAsync(handle);
        Assert.False(described.WorkflowExtendedInfo.TimeSkippingInfo.EffectiveConfig.Enabled);
        Near(DateTime.UtcNow.AddDays(7), described.WorkflowExtendedInfo.TimeSkippingInfo.CurrentTime.ToDateTime());
        Assert.Equal(WorkflowExecutionStatus.Running, described.WorkflowExecutionInfo.Status);

        var mismatched = await PollAsync(handle, "month");
        Assert.Equal(
            (FastForwardPollingResult.FastForwardFailed,
                "the requested fast_forward_id does not match the execution's current fast-forward"),
            (mismatched.FastForwardPollingResult, mismatched.FailedReason));
        await handle.TerminateAsync();
    });

    [Fact]
    public Task Options_WhenTheyBeginTimeSkipping_MoveARunningWorkflow() => WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue, TimeSpan.FromDays(30), null);

        await handle.Client.WorkflowService.UpdateWorkflowExecutionOptionsAsync(
            new UpdateWorkflowExecutionOptionsRequest
            {
                Namespace = handle.Client.Options.Namespace,
                WorkflowExecution = new() { WorkflowId = handle.Id },
                WorkflowExecutionOptions = new() { TimeSkippingConfig = new() { Enabled = true } },
                UpdateMask = FieldMask.FromString("time_skipping_config"),
            });

        Near(DateTime.UtcNow.AddDays(30), await handle.GetResultAsync<DateTime>());
    });

    [Fact]
    public Task Children_OfAWorkflowThatSkipsTime_SkipItToo() => WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue, nameof(FamilyWorkflow), [], new() { Enabled = true });

        var ends = await handle.GetResultAsync<DateTime[]>();

        Near(DateTime.UtcNow.AddDays(3), ends[2]);
    });

    private static void Near(DateTime expected, DateTime actual) => Assert.True(
        (expected - actual).Duration() < Nearly, $"{actual:O} is not near {expected:O}.");

    private static Task<PollWorkflowExecutionTimeSkippingResponse> PollAsync(WorkflowHandle handle, string id) =>
        handle.Client.WorkflowService.PollWorkflowExecutionTimeSkippingAsync(new()
        {
            Namespace = handle.Client.Options.Namespace,
            WorkflowExecution = new() { WorkflowId = handle.Id },
            FastForwardId = id,
        });

    private Task<WorkflowHandle> StartAsync(string queue, TimeSpan time, TimeSkippingConfig? config) =>
        StartAsync(queue, nameof(SleepWorkflow), [time], config);

    private async Task<WorkflowHandle> StartAsync(
        string queue, string type, object?[] input, TimeSkippingConfig? config)
    {
        var converter = engine.Client.Options.DataConverter;
        var payloads = new Payloads();
        payloads.Payloads_.AddRange(input.Select(converter.PayloadConverter.ToPayload));
        var id = SdkEngine.NewName("skipping");
        await engine.Client.WorkflowService.StartWorkflowExecutionAsync(new StartWorkflowExecutionRequest
        {
            Namespace = engine.Client.Options.Namespace,
            WorkflowId = id,
            WorkflowType = new() { Name = type },
            TaskQueue = new() { Name = queue },
            Input = payloads,
            RequestId = id,
            TimeSkippingConfig = config,
        });
        return engine.Client.GetWorkflowHandle(id);
    }

    private Task WithWorkerAsync(Func<string, Task> test) => engine.WithWorkerAsync(
        options => options.AddWorkflow<SleepWorkflow>().AddWorkflow<FamilyWorkflow>(), test);
}
