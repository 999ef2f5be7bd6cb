namespace AugmentedOS.Pilot.Receipts;

/// <summary>One receipt, complete and plausible: every required field was found and could be read.</summary>
internal sealed record Receipt
{
    public required string Merchant { get; init; }

    /// <summary>The merchant's own number for this sale.</summary>
    public required string Number { get; init; }

    public required DateOnly Date { get; init; }

    public required Money Total { get; init; }

    public required string CostCentre { get; init; }

    public string? Employee { get; init; }

    public string? Purpose { get; init; }
}
