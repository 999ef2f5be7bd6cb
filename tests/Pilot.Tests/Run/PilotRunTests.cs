using System.Globalization;
using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Progress;
using AugmentedOS.Pilot.Reporting;
using AugmentedOS.Pilot.Run;
using AugmentedOS.Pilot.Tests.Inbox;
using AugmentedOS.Pilot.Workflows;
using Spectre.Console;

namespace AugmentedOS.Pilot.Tests.Run;

/// <summary>The whole pilot on its real inbox.</summary>
public sealed class PilotRunTests : IDisposable
{
    private static readonly ExpectedInbox Expected = ExpectedInbox.Load();

    private readonly TemporaryFolder _data = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _data.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Pilot_WhenRunOnItsInbox_SettlesEveryReceiptAsABookkeeperWould()
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
    }

    [Fact]
    public async Task Pilot_WhenRunAgain_ChangesNothing()
    {
        var first = await RunAsync();
        var second = await RunAsync();

        AssertLedgerIsRight(second);
        Assert.Equal(first.Details, second.Details);
        Assert.True(File.Exists(_data.File("summary.json")));
    }

    [Fact]
    public async Task Pilot_WhenThereIsNoSuchServer_SaysSo()
    {
        var problem = await Assert.ThrowsAsync<PilotFailedException>(() => RunAsync(target: "127.0.0.1:1"));

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

    private Task<Summary> RunAsync(string? target = null)
    {
        var options = new PilotOptions
        {
            Inbox = ExpectedInbox.Folder,
            Data = _data.Path,
            Approver = ApproverKind.Script,
            Pace = Pace.ForScript,
            Target = target,
        };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output) });
        return new PilotRun(options, console, ProgressStyle.Lines).RunAsync(TestContext.Current.CancellationToken);
    }
}
