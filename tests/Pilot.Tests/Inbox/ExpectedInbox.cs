using System.Text.Json;

namespace AugmentedOS.Pilot.Tests.Inbox;

/// <summary>What a bookkeeper says about each file of the inbox, written down apart from the code.</summary>
internal sealed record ExpectedInbox(
    IReadOnlyDictionary<string, ExpectedFile> Files, ExpectedLedger Ledger, ExpectedOutcomes Outcomes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "inbox");

    public static ExpectedInbox Load() => JsonSerializer.Deserialize<ExpectedInbox>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "expected.json")), Json)!;
}

public sealed record ExpectedFile(
    IReadOnlyList<ExpectedReceipt> Receipts, IReadOnlyList<ExpectedRejection> Rejections);

/// <param name="Merchant">As printed.</param>
/// <param name="Number">As printed.</param>
/// <param name="Date">ISO date.</param>
/// <param name="Total">Decimal text in the receipt's currency.</param>
/// <param name="Currency">ISO code.</param>
/// <param name="CostCentre">As printed.</param>
/// <param name="Employee">As printed.</param>
/// <param name="Purpose">As printed, or null.</param>
/// <param name="Euro">Decimal text, converted with the rate of the day; null where there is no rate.</param>
/// <param name="Category">What the policy takes it for.</param>
/// <param name="Outcome">posted, rejected or failed, unless it is a duplicate.</param>
/// <param name="Approval">none, auto, approver or manager.</param>
/// <param name="Why">The reason for an outcome other than posted.</param>
/// <param name="Group">Receipts that are the same purchase; one of them gets the outcome.</param>
public sealed record ExpectedReceipt(
    string Merchant, string Number, DateOnly Date, string Total, string Currency, string CostCentre, string Employee,
    string? Purpose, string? Euro, string Category, string Outcome, string Approval, string? Why, string? Group);

public sealed record ExpectedRejection(string Code, int? Line);

public sealed record ExpectedLedger(
    int Postings, string Total, IReadOnlyDictionary<string, string> ByCostCentre);

public sealed record ExpectedOutcomes(int Posted, int Rejected, int Failed, int Duplicate);
