using System.Text.Json.Serialization;
using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Workflows;

/// <param name="Subject">The id of what is to be decided.</param>
/// <param name="Summary">What it is, for the eye.</param>
/// <param name="Euro">How much it is about.</param>
/// <param name="Findings">Why a person is asked.</param>
/// <param name="Approver">Who is asked first, and reminded.</param>
/// <param name="Manager">Who is asked when the approver does not answer.</param>
/// <param name="Pace">How long to wait for what.</param>
internal sealed record ApprovalRequest(
    string Subject,
    string Summary,
    Money Euro,
    IReadOnlyList<string> Findings,
    string Approver,
    string Manager,
    Pace Pace);

[JsonConverter(typeof(JsonStringEnumConverter<ApprovalState>))]
internal enum ApprovalState
{
    Asked,
    Reminded,
    Escalated,
}

/// <summary>What an approval waits for, and the decision once there is one.</summary>
internal sealed record ApprovalStatus(
    ApprovalRequest Request, string WaitingFor, ApprovalState State, Decision? Decision);

/// <param name="Approved">Yes or no.</param>
/// <param name="By">Who decided.</param>
/// <param name="Comment">Why, for the person who asked.</param>
internal sealed record Decision(bool Approved, string By, string Comment)
{
    public static Decision ByNobody { get; } = new(false, "Nobody", "The time for a decision is over.");
}
