using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Workflows.Approvals;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>What a person is asked about a claim, and where the answer stands.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="Summary">What it is, for the eye.</param>
/// <param name="Euro">How much it is about.</param>
/// <param name="Findings">Why a person is asked.</param>
/// <param name="Status">Who is asked since when, and what was decided.</param>
internal sealed record Question(
    string Claim, string Summary, Money Euro, IReadOnlyList<string> Findings, ApprovalStatus Status)
{
    /// <summary>Who was asked last.</summary>
    public string WaitingFor => Status.Deciders[^1];
}
