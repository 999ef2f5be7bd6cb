using System.Text.Json;

namespace AugmentedOS.Pilot.Policy;

/// <summary>The company's rules as the finance team writes them in <c>policy.json</c>. Amounts are euros.</summary>
internal sealed record CompanyRules
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Receipts from before this day need a person: their year is closed.</summary>
    public required DateOnly OldestReceipt { get; init; }

    /// <summary>Who is asked first.</summary>
    public required string Approver { get; init; }

    /// <summary>Who is asked when the approver does not answer in time.</summary>
    public required string Manager { get; init; }

    /// <summary>Words that a person must look at: the company does not pay such things.</summary>
    public required IReadOnlyList<string> NeverPaid { get; init; }

    /// <summary>The last one is for whatever fits no other.</summary>
    public required IReadOnlyList<ExpenseCategory> Categories { get; init; }

    public required IReadOnlyList<CostCentre> CostCentres { get; init; }

    public LedgerFaultRules LedgerFaults { get; init; } = new(0, 0, 0);

    /// <exception cref="JsonException">The file is not valid, or a required rule is missing.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CompanyRules Load(string path) =>
        JsonSerializer.Deserialize<CompanyRules>(File.ReadAllText(path), Json)
        ?? throw new JsonException("The policy file is empty.");
}

internal sealed record ExpenseCategory(
    string Name, string Account, decimal ApprovedUpTo, IReadOnlyList<string> Merchants);

internal sealed record CostCentre(string Code, string Name, decimal Budget, bool ClosedInLedger = false);

/// <summary>Faults that the ledger service shows on purpose. Zero turns one off.</summary>
/// <param name="BusyForOneIn">One posting in so many finds the ledger busy.</param>
/// <param name="BusyAttempts">For so many attempts.</param>
/// <param name="AnswerLostForOneIn">One posting in so many is booked, and its answer gets lost on the way.</param>
internal sealed record LedgerFaultRules(int BusyForOneIn, int BusyAttempts, int AnswerLostForOneIn);
