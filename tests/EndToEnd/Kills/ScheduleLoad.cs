using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>A schedule that acts each second, whether the engine is there or not: what it misses it catches up on.
/// </summary>
internal sealed class ScheduleLoad(TemporalClient client, Calls calls, string queue) : ILoad
{
    private const string Id = "each-second";
    private const string Nominal = "TemporalScheduledStartTime";

    public void Register(TemporalWorkerOptions worker) => worker.AddWorkflow<BriefWorkflow>();

    public async Task RunAsync(CancellationToken stopping, CancellationToken cancelled)
    {
        await calls.UntilDoneAsync(() => client.WorkflowService.CreateScheduleAsync(Create(), Calls.OneTry), cancelled);
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Calls.BetweenTries, cancelled);
        }

        await calls.UntilAcknowledgedAsync(
            () => client.WorkflowService.PatchScheduleAsync(
                new PatchScheduleRequest
                {
                    Namespace = "default",
                    ScheduleId = Id,
                    Patch = new SchedulePatch { Pause = "enough" },
                    RequestId = "pause",
                },
                Calls.OneTry),
            cancelled);
    }

    /// <summary>Each second from the first to the last has its one workflow.</summary>
    public async Task<string> CheckAsync(CancellationToken cancelled)
    {
        var info = (await calls.UntilSeenAsync(
            () => client.WorkflowService.DescribeScheduleAsync(
                new DescribeScheduleRequest { Namespace = "default", ScheduleId = Id }, Calls.OneTry),
            described => described.Info is { RunningWorkflows.Count: 0, BufferSize: 0 },
            cancelled)).Info;
        var times = await TimesAsync();
        Assert.Equal((0L, 0L, 0L), (info.MissedCatchupWindow, info.OverlapSkipped, info.BufferDropped));
        Assert.Equal(info.ActionCount, times.Count);
        Assert.Equal(Enumerable.Range(0, times.Count).Select(second => times[0].AddSeconds(second)), times);
        return $"{times.Count} scheduled workflows";
    }

    private async Task<List<DateTime>> TimesAsync()
    {
        var times = new List<DateTime>();
        var request = new ListWorkflowExecutionsRequest { Namespace = "default", Query = $"TemporalScheduledById = '{Id}'" };
        do
        {
            var page = await client.WorkflowService.ListWorkflowExecutionsAsync(request);
            times.AddRange(page.Executions.Select(run => DateTime.Parse(
                run.SearchAttributes.IndexedFields[Nominal].Data.ToStringUtf8().Trim('"'),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal)));
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        times.Sort();
        return times;
    }

    private CreateScheduleRequest Create() => new()
    {
        Namespace = "default",
        ScheduleId = Id,
        RequestId = Id,
        Schedule = new Schedule
        {
            Spec = new ScheduleSpec
            {
                Interval = { new IntervalSpec { Interval = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) } },
            },
            Action = new ScheduleAction
            {
                StartWorkflow = new()
                {
                    WorkflowId = Id,
                    WorkflowType = new() { Name = nameof(BriefWorkflow) },
                    TaskQueue = new() { Name = queue },
                },
            },
            Policies = new SchedulePolicies { OverlapPolicy = ScheduleOverlapPolicy.AllowAll },
        },
    };
}
