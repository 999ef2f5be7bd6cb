namespace AugmentedOS.Pilot.Extraction;

/// <summary>The till's export as its maker writes it: amounts are whole minor units. Anything may be absent.</summary>
internal sealed record TillExport(TillMerchant? Merchant, IReadOnlyList<TillReceipt>? Receipts);

internal sealed record TillMerchant(string? Name);

internal sealed record TillReceipt(
    string? ReceiptNumber,
    string? ClosedAt,
    TillCustomer? Customer,
    IReadOnlyList<TillLine>? Lines,
    TillTotals? Totals);

internal sealed record TillCustomer(string? Name, TillReference? Reference);

internal sealed record TillReference(string? CostCentre, string? Purpose);

internal sealed record TillLine(string? Name, int Quantity, TillAmount? UnitPrice);

internal sealed record TillTotals(TillAmount? Gross, int Exponent);

internal sealed record TillAmount(long Amount, string? Currency);
