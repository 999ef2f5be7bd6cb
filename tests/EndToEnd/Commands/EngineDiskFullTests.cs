using System.Net;
using AugmentedOS.EndToEnd.Processes;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Commands;

/// <summary>The disk gets full in the middle of a load, and has room again after a while.</summary>
public sealed class EngineDiskFullTests
{
    private const int Users = 4;
    private const int StoriesBefore = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly RpcOptions OneTry = new() { Retry = false, Timeout = TimeSpan.FromSeconds(20) };

    private readonly List<string> _acknowledged = [];
    private readonly List<RpcException> _refusals = [];

    [Fact]
    public async Task Engine_WhenTheDiskIsFull_RefusesTurnsRedAndRecovers()
    {
        using var disk = SmallDisk.TryMount();
        Assert.SkipWhen(disk is null, "Needs to mount a small disk, which takes Linux and root.");
        await using var engine = await EngineProcess.StartReadyAsync(
            "--db", Path.Combine(disk.Path, "engine.db"), "--log-level", "none");
        var client = await TemporalClient.ConnectAsync(new(await engine.AddressAsync()));
        using var http = new HttpClient { BaseAddress = new Uri($"http://{await engine.HttpAddressAsync()}") };
        using var enough = new CancellationTokenSource(Patience);
        var load = Task.WhenAll(Enumerable.Range(0, Users).Select(user => LoadAsync(client, user, enough.Token)));

        await UntilAsync(() => Acknowledged().Count >= StoriesBefore);
        disk.Fill();
        await UntilAsync(() => Refusals().Count >= Users);
        var red = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, red.StatusCode);
        Assert.Contains("The disk is full", await red.Content.ReadAsStringAsync());
        Assert.Equal("ok\n", await http.GetStringAsync("/healthz"));

        disk.MakeRoom();
        var before = Acknowledged().Count;
        await UntilAsync(() => Acknowledged().Count >= before + Users);
        await enough.CancelAsync();
        await load;

        Assert.Equal("ready\n", await http.GetStringAsync("/readyz"));
        Assert.All(Refusals(), refusal => Assert.Equal(RpcException.StatusCode.Unavailable, refusal.Code));
        await engine.KillAsync();
        await using var again = await EngineProcess.StartReadyAsync("--db", Path.Combine(disk.Path, "engine.db"));
        await CheckAsync(await TemporalClient.ConnectAsync(new(await again.AddressAsync())));
    }

    private async Task LoadAsync(TemporalClient client, int user, CancellationToken enough)
    {
        for (var count = 0; !enough.IsCancellationRequested; count++)
        {
            var id = $"story-{user}-{count}";
            try
            {
                await client.StartWorkflowAsync("story", [], new(id, "nobody") { Rpc = OneTry });
                await client.GetWorkflowHandle(id).SignalAsync("told", [new string('x', 2_000)], new() { Rpc = OneTry });
                lock (_acknowledged)
                {
                    _acknowledged.Add(id);
                }
            }
            catch (RpcException refused)
            {
                lock (_acknowledged)
                {
                    _refusals.Add(refused);
                }

                await Task.Delay(BetweenLooks, CancellationToken.None);
            }
        }
    }

    private async Task CheckAsync(TemporalClient client)
    {
        foreach (var id in Acknowledged())
        {
            var history = await client.GetWorkflowHandle(id).FetchHistoryAsync();
            Assert.True(
                history.Events.Count(e => e.EventType == EventType.WorkflowExecutionSignaled) == 1,
                $"{id} lost its signal: {string.Join(", ", history.Events.Select(e => e.EventType))}");
        }
    }

    private List<string> Acknowledged()
    {
        lock (_acknowledged)
        {
            return [.. _acknowledged];
        }
    }

    private List<RpcException> Refusals()
    {
        lock (_acknowledged)
        {
            return [.. _refusals];
        }
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var alarm = new CancellationTokenSource(Patience);
        while (!happened())
        {
            await Task.Delay(BetweenLooks, alarm.Token);
        }
    }
}
