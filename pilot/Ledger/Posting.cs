using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Ledger;

/// <summary>A booking to make: the expense account is debited and the claims payable are credited.</summary>
/// <param name="Key">The idempotency key: one posting a key, whatever is asked how often.</param>
/// <param name="Date">The date of the receipt.</param>
/// <param name="Text">Merchant and number.</param>
/// <param name="CostCentre">Who bears the cost.</param>
/// <param name="Account">The expense account.</param>
/// <param name="Euro">The amount that is booked.</param>
/// <param name="Original">The amount on the receipt.</param>
/// <param name="UnitsPerEuro">The exchange rate between the two.</param>
internal sealed record Posting(
    string Key,
    DateOnly Date,
    string Text,
    string CostCentre,
    string Account,
    Money Euro,
    Money Original,
    decimal UnitsPerEuro);
