using System.Diagnostics;
using AugmentedOS.EndToEnd.Processes;
using AugmentedOS.Testing.Engines;
using AugmentedOS.Testing.Workers;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>
/// The engine's process is killed at random moments under load (workflows with activities, timers, signals and updates;
/// resets, batch operations, a schedule, Nexus operations with callbacks) and started again on the same file and port. 10
/// kills, or 200 with AOS_NIGHTLY=1.
/// </summary>
public sealed class EngineKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Users = 6;
    private const int MostCallsBetweenKills = 60;
    private const string Queue = "tally";
    private static readonly bool IsNightly = Environment.GetEnvironmentVariable("AOS_NIGHTLY") == "1";
    private static readonly int Kills = IsNightly ? 200 : 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly string _port = $"{LowPort.Find()}";
    private readonly HashSet<string> _checkedToTheEnd = [];
    private EngineProcess _engine = null!;

    [Fact]
    public async Task Engine_WhenKilledAtRandomMoments_HoldsAllItAcknowledgedOnce()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await StartAsync();
        try
        {
            var client = await TemporalClient.ConnectAsync(
                new TemporalClientConnectOptions(await _engine.AddressAsync()) { Runtime = QuietRuntime.Instance });
            var (calls, activities) = (new Calls(), new TallyActivities());
            var tallies = new TallyLoad(client, calls, activities, Queue);
            ILoad[] loads =
            [
                new ResetLoad(client, calls, Queue), new BatchLoad(client, calls, Queue),
                new ScheduleLoad(client, calls, Queue), new NexusLoad(client, calls, Queue),
            ];
            using var worker = NewWorker(client, activities, loads);
            await worker.ExecuteAsync(async () =>
            {
                using var stopping = new CancellationTokenSource();
                var users = Task.WhenAll(
                [
                    .. Enumerable.Range(0, Users).Select(user => tallies.RunAsync(user, cancelled.Token)),
                    .. loads.Select(load => load.RunAsync(stopping.Token, cancelled.Token)),
                ]);
                await KillAndRestartAsync(client, tallies, calls, users, new Random(seed));
                tallies.Stop();
                await stopping.CancelAsync();
                await users.WaitAsync(Patience);
                await CheckTheEndAsync(client, tallies);
                foreach (var load in loads)
                {
                    output.WriteLine(await load.CheckAsync(cancelled.Token).WaitAsync(Patience));
                }
            });
            output.WriteLine($"{tallies.Records.Count} tallies, {calls.Acknowledged} calls acknowledged, {Kills} kills");
        }
        finally
        {
            await cancelled.CancelAsync();
            await _engine.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    private static TemporalWorker NewWorker(
        TemporalClient client, TallyActivities activities, IEnumerable<ILoad> loads)
    {
        var options = new TemporalWorkerOptions(Queue).AddWorkflow<TallyWorkflow>().AddAllActivities(activities);
        foreach (var load in loads)
        {
            load.Register(options);
        }

        return new TemporalWorker(client, options);
    }

    private async Task KillAndRestartAsync(
        TemporalClient client, TallyLoad load, Calls calls, Task users, Random random)
    {
        for (var kill = 1; kill <= Kills; kill++)
        {
            await WaitForAMomentAsync(calls, users, random);
            await _engine.DisposeAsync();
            if (random.Next(4) == 0)
            {
                // Recovery is broken off as well.
                _engine = EngineProcess.Start(Arguments());
                await Task.Delay(random.Next(600));
                await _engine.DisposeAsync();
            }

            await StartAsync();
            await CheckAsync(client, load, random);
            if (kill % 20 == 0)
            {
                output.WriteLine($"{kill} kills, {calls.Acknowledged} calls acknowledged");
            }
        }
    }

    /// <summary>Moments are counted in calls, not in time: a slow machine is killed in the middle of work as well.
    /// </summary>
    private static async Task WaitForAMomentAsync(Calls calls, Task users, Random random)
    {
        var goal = calls.Acknowledged + random.Next(1, MostCallsBetweenKills);
        var began = Stopwatch.GetTimestamp();
        while (calls.Acknowledged < goal)
        {
            Assert.False(users.IsFaulted, $"the load failed: {users.Exception}");
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "no call gets through any more");
            await Task.Delay(BetweenLooks);
        }
    }

    private async Task CheckAsync(TemporalClient client, TallyLoad load, Random random)
    {
        var open = load.Records.Where(record => !_checkedToTheEnd.Contains(record.Id)).ToList();
        foreach (var record in open.Where(record => record.RunId is not null))
        {
            var (signals, updates, isHandedBack) = (record.Signals, record.Updates, record.IsHandedBack);
            if (signals.Count > 0 && random.Next(3) == 0)
            {
                await load.RepeatAsync(record, signals[0], CancellationToken.None);
            }

            var history = await TallyHistory.CheckAsync(client, record, signals, updates, isHandedBack);
            if (isHandedBack && history.Events.Last().EventType == EventType.WorkflowExecutionCompleted)
            {
                _checkedToTheEnd.Add(record.Id);
            }
        }
    }

    private static async Task CheckTheEndAsync(TemporalClient client, TallyLoad load)
    {
        var histories = new List<WorkflowHistory>();
        foreach (var record in load.Records.Where(record => record.RunId is not null))
        {
            var tally = await client.GetWorkflowHandle(record.Id, record.RunId).GetResultAsync<Tally>().WaitAsync(Patience);
            Assert.Equal(
                [.. Enumerable.Range(0, TallyRecord.Steps).Select(step => $"step {step}"), record.HandedBack], tally.Results);
            Assert.Equal(
                Enumerable.Range(0, TallyRecord.SignalCount).Select(record.SignalAt), tally.Signals);
            Assert.Equal(
                Enumerable.Range(0, TallyRecord.UpdateCount).Select(record.UpdateAt), tally.Updates);
            histories.Add(await TallyHistory.CheckAsync(client, record, record.Signals, record.Updates, record.IsHandedBack));
        }

        Assert.NotEmpty(histories);
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<TallyWorkflow>());
        foreach (var replayed in await replayer.ReplayWorkflowsAsync(histories, throwOnReplayFailure: false))
        {
            Assert.True(
                replayed.ReplayFailure is null, $"{replayed.History.Id} does not replay: {replayed.ReplayFailure}");
        }
    }

    private async Task StartAsync()
    {
        _engine = EngineProcess.Start(Arguments());
        await _engine.HttpAddressAsync();
    }

    private string[] Arguments() =>
        ["--db", _folder.Database, "--port", _port, "--http-port", "0", "--log-level", "warning"];
}
