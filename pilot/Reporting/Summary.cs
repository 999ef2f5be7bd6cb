using System.Text.Encodings.Web;
using System.Text.Json;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Progress;
using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Reporting;

/// <summary>What came of the inbox, for people as a table and for programs as <c>summary.json</c>.</summary>
internal sealed record Summary(
    int Files,
    int Claims,
    int Posted,
    int Rejected,
    int Duplicates,
    int Failed,
    int Open,
    int ResumedFiles,
    double Seconds,
    double ClaimsPerSecond,
    SummaryLedger Ledger,
    IReadOnlyList<SummaryClaim> Details)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Summary Of(
        IReadOnlyList<ClaimRecord> claims, LedgerService ledger, int resumed, Standing end)
    {
        int At(ClaimStage stage) => claims.Count(claim => claim.Stage == stage);

        return new Summary(
            end.Counts.Files,
            claims.Count,
            At(ClaimStage.Posted),
            At(ClaimStage.Rejected),
            At(ClaimStage.Duplicate),
            At(ClaimStage.Failed),
            At(ClaimStage.Extracted) + At(ClaimStage.Waiting),
            resumed,
            Math.Round(end.Elapsed.TotalSeconds, 2),
            Math.Round(end.PerSecond, 1),
            SummaryLedger.Of(ledger),
            [.. claims.Select(SummaryClaim.Of)]);
    }

    /// <summary>Replaces the file in one step, so that a reader never sees half of it.</summary>
    public void WriteTo(string path)
    {
        var draft = path + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(this, Json) + "\n");
        File.Move(draft, path, overwrite: true);
    }
}

/// <param name="Path">The SQLite file.</param>
/// <param name="Postings">How many there are.</param>
/// <param name="TotalEur">All debits, in euros.</param>
/// <param name="Balanced">Whether debits equal credits.</param>
/// <param name="ByCostCentreEur">The debits of each cost centre, in euros.</param>
internal sealed record SummaryLedger(
    string Path, int Postings, decimal TotalEur, bool Balanced, IReadOnlyDictionary<string, decimal> ByCostCentreEur)
{
    public static SummaryLedger Of(LedgerService ledger)
    {
        var totals = ledger.Totals();
        return new SummaryLedger(
            ledger.Path,
            totals.Postings,
            totals.Debits.Amount,
            totals.Debits == totals.Credits,
            totals.ByCostCentre.ToDictionary(centre => centre.Key, centre => centre.Value.Amount));
    }
}

internal sealed record SummaryClaim(
    string File, int? Line, string Receipt, string Outcome, decimal? Eur, string? Reason)
{
    public static SummaryClaim Of(ClaimRecord claim) => new(
        claim.File,
        claim.Line,
        claim.Receipt,
        claim.Stage.ToString().ToLowerInvariant(),
        claim.Cents is { } cents ? Money.Euro(cents).Amount : null,
        claim.Reason);
}
