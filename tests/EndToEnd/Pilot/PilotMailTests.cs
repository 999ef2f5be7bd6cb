using System.Text.Json;
using AugmentedOS.EndToEnd.Processes;
using AugmentedOS.Pilot.Tests.Inbox;

namespace AugmentedOS.EndToEnd.Pilot;

/// <summary>In a process of its own, since what one reader registers holds for the whole process.</summary>
public sealed class PilotMailTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Pilot_WhenAnOldCharacterSetComesFirst_ReadsItsEuroSign()
    {
        using var data = new PilotData();
        using var inbox = new TemporaryFolder();
        const string mail = "Ihre Bestellung B-3510.eml";
        File.Copy(Path.Combine(ExpectedInbox.Folder, mail), Path.Combine(inbox.Path, mail));
        await using var pilot = PilotProcess.Start("--inbox", inbox.Path, "--data", data.Path);

        Assert.Equal(0, await pilot.EndAsync(Patience));
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(data.SummaryFile));
        Assert.Equal(22.30m, summary.RootElement.GetProperty("ledger").GetProperty("total_eur").GetDecimal());
    }
}
