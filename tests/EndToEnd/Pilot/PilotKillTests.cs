using System.Globalization;
using System.Text.Json;
using AugmentedOS.Pilot.Tests.Inbox;

namespace AugmentedOS.EndToEnd.Pilot;

/// <summary>
/// The plug is pulled at random moments, and the pilot is started again on the same data until it gets through. When
/// it gets through before the kills are used up, it begins anew with empty data.
/// </summary>
public sealed class PilotKillTests(ITestOutputHelper output)
{
    private const int Kills = 25;

    /// <summary>The work of a whole run is about 550 of these; so it is cut into some ten pieces.</summary>
    private const int MostProgressBetweenKills = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);
    private static readonly ExpectedInbox Expected = ExpectedInbox.Load();

    private int _resumed;

    [Fact]
    public async Task Pilot_WhenKilledAtRandomMoments_LosesNothingAndPostsNothingTwice()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var killed = 0; killed < Kills;)
        {
            using var data = new PilotData();
            killed += await KillUntilDoneAsync(data, random, Kills - killed);
            await RunToTheEndAsync(data, $"seed {seed}, after {killed} kills");
        }

        Assert.True(_resumed > 0, $"seed {seed}: no run said that it resumes what an earlier one left");
    }

    /// <returns>How often it was killed before it got through, or before the kills were used up.</returns>
    private async Task<int> KillUntilDoneAsync(PilotData data, Random random, int atMost)
    {
        for (var killed = 0; killed < atMost; killed++)
        {
            var before = data.Progress();
            await using var pilot = PilotProcess.Start(Arguments(data));
            await WaitForAMomentAsync(pilot, data, before, random);
            if (!await pilot.KillAsync())
            {
                return killed;
            }

            CountResumption(pilot);
            output.WriteLine($"killed at {data.Progress()}, started at {before}");
        }

        return atMost;
    }

    /// <summary>Moments are counted in work done, not in time: a slow machine is killed in the middle of work as well.
    /// One in five falls into the start, where there is recovery to be broken off.</summary>
    private static async Task WaitForAMomentAsync(PilotProcess pilot, PilotData data, int before, Random random)
    {
        if (random.Next(5) == 0)
        {
            await Task.Delay(random.Next(1000));
            return;
        }

        var goal = before + random.Next(MostProgressBetweenKills);
        using var alarm = new CancellationTokenSource(Patience);
        while (!pilot.HasEnded && data.Progress() < goal)
        {
            await Task.Delay(BetweenLooks, alarm.Token);
        }
    }

    private async Task RunToTheEndAsync(PilotData data, string when)
    {
        await using var pilot = PilotProcess.Start(Arguments(data));
        var exitCode = await pilot.EndAsync(Patience);
        output.WriteLine(pilot.Output);
        CountResumption(pilot);

        Assert.True(exitCode == 0, $"{when}: exit code {exitCode}\n{pilot.Output}");
        using var summary = JsonDocument.Parse(File.ReadAllText(data.SummaryFile));
        var ledger = summary.RootElement.GetProperty("ledger");
        Assert.Equal(
            $"{when}: {Expected.Ledger.Postings} postings, {Expected.Ledger.Total}",
            $"{when}: {ledger.GetProperty("postings").GetInt32()} postings, {Money(ledger.GetProperty("total_eur"))}");
        Assert.Equal(
            Expected.Ledger.ByCostCentre,
            ledger.GetProperty("by_cost_centre_eur").EnumerateObject()
                .ToDictionary(centre => centre.Name, centre => Money(centre.Value)));
        Assert.True(ledger.GetProperty("balanced").GetBoolean());
        Assert.True(
            summary.RootElement.GetProperty("open").GetInt32() == 0,
            $"{when}: claims are open although every review has ended: {Open(summary.RootElement)}");
    }

    private static string Open(JsonElement summary) => string.Concat(
        summary.GetProperty("details").EnumerateArray()
            .Where(claim => claim.GetProperty("outcome").GetString() is "extracted" or "waiting")
            .Select(claim => "\n" + claim.GetRawText()));

    private void CountResumption(PilotProcess pilot) =>
        _resumed += pilot.Output.Contains("Resuming ", StringComparison.Ordinal) ? 1 : 0;

    private static string[] Arguments(PilotData data) =>
        ["--inbox", ExpectedInbox.Folder, "--data", data.Path, "--step-timeout", "3"];

    private static string Money(JsonElement amount) => amount.GetDecimal().ToString("F2", CultureInfo.InvariantCulture);
}
