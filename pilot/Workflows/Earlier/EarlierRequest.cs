using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Workflows.Earlier;

/// <summary>The input of an <see cref="EarlierApproval"/>, as it stands in histories.</summary>
internal sealed record EarlierRequest(
    string Subject,
    string Summary,
    Money Euro,
    IReadOnlyList<string> Findings,
    string Approver,
    string Manager,
    Pace Pace);

/// <summary>Its result, as it stands in histories.</summary>
internal sealed record EarlierDecision(bool Approved, string By, string Comment);
