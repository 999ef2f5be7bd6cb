using System.Text.Json.Serialization;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Workflows.Approvals;

namespace AugmentedOS.Pilot.Workflows;

/// <param name="File">The file that the receipt came in.</param>
/// <param name="Line">Where in that file, if it holds several.</param>
/// <param name="Receipt">What is claimed.</param>
/// <param name="Pace">How long to wait for what.</param>
internal sealed record ClaimRequest(string File, int? Line, Receipt Receipt, Pace Pace)
{
    [JsonIgnore]
    public string Summary => $"{Receipt.Merchant} {Receipt.Number}";
}

/// <summary>How a claim ended.</summary>
/// <param name="Stage">Posted, Duplicate, Rejected or Failed.</param>
/// <param name="Reason">Why, in a sentence for the person who handed it in.</param>
/// <param name="Euro">The amount in euros, where it could be converted.</param>
/// <param name="Decision">Who decided what and when, where a person did.</param>
internal sealed record ClaimOutcome(ClaimStage Stage, string Reason, Money? Euro, ApprovalDecision? Decision = null);
