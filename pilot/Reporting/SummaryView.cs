using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Receipts;
using Spectre.Console;

namespace AugmentedOS.Pilot.Reporting;

/// <summary>Prints the summary.</summary>
internal sealed class SummaryView(IAnsiConsole console)
{
    private static readonly ClaimStage[] Endings =
        [ClaimStage.Posted, ClaimStage.Duplicate, ClaimStage.Rejected, ClaimStage.Failed];

    public void Show(Summary summary, IReadOnlyList<ClaimRecord> claims, string summaryFile)
    {
        ShowTrouble(claims);
        ShowTotals(claims);
        var ledger = summary.Ledger;
        console.WriteLine($"{summary.Claims} receipts from {summary.Files} files in {summary.Seconds:F1} s.");
        console.WriteLine(
            $"Ledger: {ledger.Path}: {ledger.Postings} postings, {ledger.TotalEur:N2} EUR, "
            + (ledger.Balanced ? "debits equal credits." : "DEBITS DO NOT EQUAL CREDITS."));
        console.WriteLine($"Summary: {summaryFile}");
    }

    private void ShowTotals(IReadOnlyList<ClaimRecord> claims)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("outcome");
        table.AddColumn(new TableColumn("receipts").RightAligned()).AddColumn(new TableColumn("EUR").RightAligned());
        foreach (var stage in Endings)
        {
            var ended = claims.Where(claim => claim.Stage == stage).ToList();
            var sum = Money.Euro(ended.Sum(claim => claim.Cents ?? 0));
            table.AddRow(stage.ToString().ToLowerInvariant(), $"{ended.Count}", $"{sum.Amount:N2}");
        }

        console.Write(table);
    }

    private void ShowTrouble(IReadOnlyList<ClaimRecord> claims)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("file", "outcome", "why");
        foreach (var claim in claims.Where(claim => claim.Stage is not ClaimStage.Posted))
        {
            var where = claim.Line is { } line ? $"{claim.File}, line {line}" : claim.File;
            var outcome = claim.Stage.ToString().ToLowerInvariant();
            table.AddRow(new Text(where), new Text(outcome), new Text(claim.Reason ?? "still open"));
        }

        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }
    }
}
