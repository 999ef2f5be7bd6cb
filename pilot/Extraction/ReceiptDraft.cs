namespace AugmentedOS.Pilot.Extraction;

/// <summary>The texts that a reader found for a receipt, not yet understood. Null where there is none.</summary>
internal sealed record ReceiptDraft
{
    public string? Merchant { get; init; }

    public string? Number { get; init; }

    public string? Date { get; init; }

    /// <summary>The total as printed; it may carry the currency.</summary>
    public string? Total { get; init; }

    public string? Currency { get; init; }

    public string? CostCentre { get; init; }

    public string? Employee { get; init; }

    public string? Purpose { get; init; }

    public int? Line { get; init; }
}
