using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Workflows.Approvals;

namespace AugmentedOS.Pilot.Approvers;

/// <summary>
/// Plays the two people who decide. What is decided depends on the claim alone, never on when it is asked, so that
/// every run ends with the same ledger.
/// </summary>
internal sealed class ScriptedApprover : IApprover
{
    /// <summary>The team lead does not answer above this amount; the manager does, once it is escalated.</summary>
    public static readonly Money LeftToManagerAbove = Money.Euro(1_000_00);

    /// <summary>Nobody approves more than this after the fact.</summary>
    public static readonly Money RefusedAbove = Money.Euro(3_000_00);

    public Task<ApprovalAnswer?> DecideAsync(Question question, CancellationToken cancelled) => Task.FromResult(
        question.Euro.MinorUnits > LeftToManagerAbove.MinorUnits && question.Status.EscalatedAt is null
            ? null
            : AnswerTo(question));

    private static ApprovalAnswer AnswerTo(Question question)
    {
        if (question.Findings.FirstOrDefault(IsNeverPaid) is { } finding)
        {
            return new(question.WaitingFor, ApprovalVerdict.Reject, finding);
        }

        return question.Euro.MinorUnits > RefusedAbove.MinorUnits
            ? new(question.WaitingFor, ApprovalVerdict.Reject, $"More than {RefusedAbove} needs an order beforehand.")
            : new(question.WaitingFor, ApprovalVerdict.Approve, "Within what was planned.");
    }

    private static bool IsNeverPaid(string finding) => finding.Contains("does not pay", StringComparison.Ordinal);
}
