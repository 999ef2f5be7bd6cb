using System.Diagnostics;
using AugmentedOS.EndToEnd.Processes;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>
/// The engine's process is killed at random moments under load and started again on the same file and port. 10 kills,
/// or 200 with AOS_NIGHTLY=1.
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
    private readonly string _port = $"{FreePort.Find()}";
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
            var activities = new TallyActivities();
            using var worker = NewWorker(client, activities);
            var load = new TallyLoad(client, activities, Queue);
            await worker.ExecuteAsync(async () =>
            {
                var users = Task.WhenAll(Enumerable.Range(0, Users).Select(user => load.RunAsync(user, cancelled.Token)));
                await KillAndRestartAsync(client, load, users, new Random(seed));
                load.Stop();
                await users.WaitAsync(Patience);
                await CheckTheEndAsync(client, load);
            });
            output.WriteLine($"{load.Records.Count} workflows, {load.Acknowledged} calls acknowledged");
        }
        finally
        {
            await cancelled.CancelAsync();
            await _engine.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    private static TemporalWorker NewWorker(TemporalClient client, TallyActivities activities) => new(
        client,
        new TemporalWorkerOptions(Queue).AddWorkflow<TallyWorkflow>().AddAllActivities(activities));

    private async Task KillAndRestartAsync(TemporalClient client, TallyLoad load, Task users, Random random)
    {
        for (var kill = 1; kill <= Kills; kill++)
        {
            await WaitForAMomentAsync(load, users, random);
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
        }
    }

    /// <summary>Moments are counted in calls, not in time: a slow machine is killed in the middle of work as well.
    /// </summary>
    private static async Task WaitForAMomentAsync(TallyLoad load, Task users, Random random)
    {
        var goal = load.Acknowledged + random.Next(1, MostCallsBetweenKills);
        var began = Stopwatch.GetTimestamp();
        while (load.Acknowledged < goal)
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
            var (signals, isHandedBack) = (record.Signals, record.IsHandedBack);
            if (signals.Count > 0 && random.Next(3) == 0)
            {
                await load.RepeatAsync(record, signals[0], CancellationToken.None);
            }

            var history = await TallyHistory.CheckAsync(client, record, signals, isHandedBack);
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
            histories.Add(await TallyHistory.CheckAsync(client, record, record.Signals, record.IsHandedBack));
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
