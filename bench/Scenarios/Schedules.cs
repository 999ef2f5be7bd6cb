using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>10,000 schedules that each act once a minute, a sixtieth of them each second: how late the workflows start.
/// From the time that the spec names to the time of the workflow's first event.</summary>
internal static class Schedules
{
    private const int Count = 10_000;
    private const int Creators = 24;
    private const int SecondsInAMinute = 60;
    private const string ScheduledStart = "TemporalScheduledStartTime";
    private static readonly TimeSpan Measured = TimeSpan.FromMinutes(2);

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        using var engine = EngineProcess.Start(file.Path);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
        await CreateAsync(client);

        // From a whole second on, so that no schedule is measured more often than another.
        await Task.Delay(TimeSpan.FromMilliseconds(2_000 - DateTime.UtcNow.Millisecond));
        var from = DateTime.UtcNow;
        var cpu = engine.Process.Cpu;
        await Task.Delay(Measured);
        var until = from + Measured - TimeSpan.FromSeconds(2);
        var spent = engine.Process.Cpu - cpu;
        var seconds = await LatenessAsync(client, from, until);
        var (late, last) = (new Samples(), new Samples());
        foreach (var second in seconds.Values)
        {
            second.ForEach(late.Add);
            last.Add(second.Max());
        }

        return new Report("schedules")
            .Add("schedules", Count)
            .Add("actions", late.Count, $"= {Count / SecondsInAMinute * (int)(until - from).TotalSeconds} or a few less")
            .Add("late_p50_ms", late.Percentile(0.5))
            .Add("late_p99_ms", late.Percentile(0.99), "<= 50")
            .Add("late_p99.9_ms", late.Percentile(0.999))
            .Add("last_of_a_second_p50_ms", last.Percentile(0.5), "of 167 that are due at once")
            .Add("engine_cpu_ms_per_action", spent.TotalMilliseconds / Math.Max(1, late.Count))
            .Add("engine_rss_mb", engine.Process.ResidentMegabytes);
    }

    private static async Task CreateAsync(TemporalClient client)
    {
        var created = 0;
        await Task.WhenAll(Enumerable.Range(0, Creators).Select(async _ =>
        {
            while (Interlocked.Increment(ref created) is var number && number <= Count)
            {
                await client.WorkflowService.CreateScheduleAsync(Request(number));
            }
        }));
    }

    private static CreateScheduleRequest Request(int number) => new()
    {
        Namespace = "default",
        ScheduleId = $"schedule-{number}",
        RequestId = $"schedule-{number}",
        Schedule = new Schedule
        {
            Spec = new ScheduleSpec
            {
                Interval =
                {
                    new IntervalSpec
                    {
                        Interval = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
                        Phase = Duration.FromTimeSpan(TimeSpan.FromSeconds(number % SecondsInAMinute)),
                    },
                },
            },
            Action = new ScheduleAction
            {
                StartWorkflow = new()
                {
                    WorkflowId = $"scheduled-{number}",
                    WorkflowType = new WorkflowType { Name = "Scheduled" },
                    TaskQueue = new() { Name = "nobody" },
                },
            },
            Policies = new SchedulePolicies { OverlapPolicy = ScheduleOverlapPolicy.AllowAll },
        },
    };

    /// <summary>How late each workflow started, by the second in which it was due.</summary>
    private static async Task<Dictionary<DateTime, List<TimeSpan>>> LatenessAsync(
        TemporalClient client, DateTime from, DateTime until)
    {
        var seconds = new Dictionary<DateTime, List<TimeSpan>>();
        var request = new ListWorkflowExecutionsRequest { Namespace = "default", PageSize = 1000 };
        do
        {
            var page = await client.WorkflowService.ListWorkflowExecutionsAsync(request);
            foreach (var run in page.Executions)
            {
                var nominal = DateTime.Parse(
                    run.SearchAttributes.IndexedFields[ScheduledStart].Data.ToStringUtf8().Trim('"'),
                    System.Globalization.CultureInfo.InvariantCulture,
                    System.Globalization.DateTimeStyles.AdjustToUniversal);
                if (nominal >= from && nominal <= until)
                {
                    (seconds.TryGetValue(nominal, out var due) ? due : seconds[nominal] = [])
                        .Add(run.StartTime.ToDateTime() - nominal);
                }
            }

            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        return seconds;
    }
}
