using System.Globalization;
using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Progress;
using AugmentedOS.Pilot.Reporting;
using AugmentedOS.Pilot.Run;
using AugmentedOS.Pilot.Storage;
using AugmentedOS.Pilot.Tests.Inbox;
using AugmentedOS.Pilot.Workflows;
using Spectre.Console;

namespace AugmentedOS.Pilot.Tests.Run;

/// <summary>The whole pilot on its real inbox.</summary>
public sealed class PilotRunTests : IDisposable
{
    private static readonly ExpectedInbox Expected = ExpectedInbox.Load();

    private readonly TemporaryFolder _data = new();
    private readonly SharedWriter _output = new();

    public void Dispose()
    {
        _data.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Pilot_WhenRunOnItsInbox_SettlesEveryReceiptAsABookkeeperWouldAndASecondRunChangesNothing()
    {
        var summary = await RunAsync();

        AssertLedgerIsRight(summary);
        Assert.Equal(
            Expected.Outcomes,
            new ExpectedOutcomes(summary.Posted, summary.Rejected, summary.Failed, summary.Duplicates));
        Assert.Equal((Expected.Files.Count, 0), (summary.Files, summary.Open));
        foreach (var (file, expected) in Expected.Files)
        {
            Assert.Equal(
                OutcomesOf(expected),
                summary.Details.Where(claim => claim.File == file).Select(Normal).Order(StringComparer.Ordinal));
        }

        var again = await RunAsync();

        AssertLedgerIsRight(again);
        Assert.Equal(summary.Details, again.Details);
        Assert.Contains("107 files were dealt with in an earlier run", _output.ToString());
        Assert.True(File.Exists(_data.File("summary.json")));
    }

    [Fact]
    public async Task Pilot_WhenGivenAnotherServer_WorksThere()
    {
        await using var server = await EngineEnvironment.StartAsync();
        using var inbox = new TemporaryFolder();
        Put("Rechnung_F1558.pdf", inbox);
        Put("scan0007.pdf", inbox);

        var summary = await RunAsync(Options(inbox.Path) with { Target = server.Address });

        Assert.Equal((1, 1, 0), (summary.Posted, summary.Rejected, summary.Open));
        Assert.False(File.Exists(_data.File("engine.db")));
    }

    [Fact]
    public async Task Pilot_WhenWatching_TakesWhatArrivesAndEndsWithASummary()
    {
        await using var server = await EngineEnvironment.StartAsync();
        using var inbox = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var running = RunAsync(Options(inbox.Path) with { Target = server.Address, Watch = true }, stop.Token);

        Put("taxi-2411.pdf", inbox);
        while (!running.IsCompleted && !_output.ToString().Contains("posted 1", StringComparison.Ordinal))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        Assert.Equal(1, (await running).Posted);
    }

    [Fact]
    public async Task Pilot_WhenTheServerHasNoSuchNamespace_SaysSo()
    {
        await using var server = await EngineEnvironment.StartAsync();
        var options = Options(ExpectedInbox.Folder) with { Target = server.Address, Namespace = "elsewhere" };

        var problem = await Assert.ThrowsAsync<PilotFailedException>(() => RunAsync(options));

        Assert.Equal($"The server at {server.Address} has no namespace 'elsewhere'.", problem.Message);
    }

    [Fact]
    public async Task Pilot_WhenAFileOfItsDataIsNoDatabase_SaysWhich()
    {
        File.WriteAllText(_data.File("ledger.db"), new string('x', 5000));

        var problem = await Assert.ThrowsAsync<PilotFailedException>(() => RunAsync());

        Assert.Contains("ledger.db", problem.Message);
    }

    [Fact]
    public async Task Pilot_WhenAStepFailsForGood_SaysWhyAndTheNextRunRetriesIt()
    {
        using var inbox = new TemporaryFolder();
        Put("taxi-2411.pdf", inbox);
        Put("scan0007.pdf", inbox);
        using (var budget = new ServiceDatabase(
            _data.File("budget.db"), "CREATE TABLE reservations (key TEXT PRIMARY KEY, cost_centre TEXT, released INTEGER)"))
        {
            var problem = await Assert.ThrowsAsync<PilotFailedException>(() => RunAsync(Options(inbox.Path)));

            Assert.StartsWith("1 workflows failed for good and wait in the parking lot; 1 receipts are not settled.", problem.Message);
            Assert.Contains("ReceiptClaim \"receipts/", problem.Message);
            Assert.Contains("no such column: cents", problem.Message);
        }

        foreach (var file in Directory.EnumerateFiles(_data.Path, "budget.db*"))
        {
            File.Delete(file);
        }

        var summary = await RunAsync(Options(inbox.Path));

        Assert.Equal((1, 1, 0), (summary.Posted, summary.Rejected, summary.Open));
        Assert.Contains("Retrying 1 reviews", _output.ToString());
    }

    [Fact]
    public async Task Pilot_WhenThereIsNoSuchServer_SaysSo()
    {
        var problem = await Assert.ThrowsAsync<PilotFailedException>(
            () => RunAsync(Options(ExpectedInbox.Folder) with { Target = "127.0.0.1:1" }));

        Assert.StartsWith("No workflow server answers at 127.0.0.1:1", problem.Message);
    }

    private static void AssertLedgerIsRight(Summary summary)
    {
        Assert.Equal(Expected.Ledger.Postings, summary.Ledger.Postings);
        Assert.Equal(Expected.Ledger.Total, summary.Ledger.TotalEur.ToString("F2", CultureInfo.InvariantCulture));
        Assert.Equal(
            Expected.Ledger.ByCostCentre,
            summary.Ledger.ByCostCentreEur.ToDictionary(
                centre => centre.Key, centre => centre.Value.ToString("F2", CultureInfo.InvariantCulture)));
        Assert.True(summary.Ledger.Balanced);
    }

    /// <summary>Which of two equal purchases comes first is open, so both count as the pair that they are.</summary>
    private static IEnumerable<string> OutcomesOf(ExpectedFile file) => file.Receipts
        .Select(receipt => receipt.Group is null ? receipt.Outcome : "posted or duplicate")
        .Concat(file.Rejections.Select(_ => "rejected"))
        .Order(StringComparer.Ordinal);

    private static string Normal(SummaryClaim claim)
    {
        var isOneOfAPair = Expected.Files[claim.File].Receipts
            .Where(receipt => receipt.Group is not null)
            .Any(receipt => claim.Receipt.Contains(receipt.Number, StringComparison.Ordinal));
        return isOneOfAPair && claim.Outcome is ("posted" or "duplicate") ? "posted or duplicate" : claim.Outcome;
    }

    private static void Put(string name, TemporaryFolder inbox) =>
        File.Copy(Path.Combine(ExpectedInbox.Folder, name), inbox.File(name));

    private PilotOptions Options(string inbox) => new()
    {
        Inbox = inbox,
        Data = _data.Path,
        Approver = ApproverKind.Script,
        Pace = Pace.ForScript,
        TaskQueue = $"queue of {_data.Path}",
    };

    private Task<Summary> RunAsync(PilotOptions? options = null, CancellationToken? stop = null)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output) });
        console.Profile.Width = 200;
        return new PilotRun(options ?? Options(ExpectedInbox.Folder), console, ProgressStyle.Lines)
            .RunAsync(stop ?? TestContext.Current.CancellationToken);
    }
}
