using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Exchange;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>Which way a claim goes once its checks are in. Pure, as everything in a workflow must be.</summary>
internal abstract record Triage
{
    /// <param name="receipt">What is claimed.</param>
    /// <param name="earlierFile">The file in which the same purchase was handed in before, or null.</param>
    /// <param name="policy">What the rules say.</param>
    /// <param name="conversion">The amount in euros, or null when there is no rate.</param>
    public static Triage Of(Receipt receipt, string? earlierFile, PolicyVerdict policy, Conversion? conversion)
    {
        if (earlierFile is not null)
        {
            return new TurnAway(ClaimStage.Duplicate, $"The same purchase was handed in before, in “{earlierFile}”.");
        }

        if (policy.Refusal is { } refusal)
        {
            return new TurnAway(ClaimStage.Rejected, refusal);
        }

        if (conversion is null)
        {
            var reason = $"There is no exchange rate for {receipt.Total.Currency} on {receipt.Date:yyyy-MM-dd}.";
            return new TurnAway(ClaimStage.Rejected, reason);
        }

        var findings = FindingsOf(policy, conversion.Euro);
        return findings.Count > 0 ? new AskAPerson(findings, conversion) : new ApprovesItself(conversion);
    }

    private static List<string> FindingsOf(PolicyVerdict policy, Money euro)
    {
        List<string> findings = [.. policy.Findings];
        if (euro.MinorUnits > policy.ApprovedUpTo.MinorUnits)
        {
            findings.Add($"{euro} is over the limit of {policy.ApprovedUpTo} for {policy.Category}.");
        }

        return findings;
    }

    public sealed record TurnAway(ClaimStage Stage, string Reason) : Triage;

    public sealed record AskAPerson(IReadOnlyList<string> Findings, Conversion Conversion) : Triage;

    public sealed record ApprovesItself(Conversion Conversion) : Triage;
}
