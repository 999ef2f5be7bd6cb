using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Workflows;

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

    public Task<Decision?> DecideAsync(ApprovalStatus question, CancellationToken cancelled)
    {
        var request = question.Request;
        if (request.Euro.MinorUnits > LeftToManagerAbove.MinorUnits && question.State is not ApprovalState.Escalated)
        {
            return Task.FromResult<Decision?>(null);
        }

        return Task.FromResult<Decision?>(new Decision(IsAccepted(request), question.WaitingFor, CommentOn(request)));
    }

    private static bool IsAccepted(ApprovalRequest request) =>
        request.Euro.MinorUnits <= RefusedAbove.MinorUnits && !request.Findings.Any(IsNeverPaid);

    private static string CommentOn(ApprovalRequest request)
    {
        if (request.Findings.FirstOrDefault(IsNeverPaid) is { } finding)
        {
            return finding;
        }

        return request.Euro.MinorUnits > RefusedAbove.MinorUnits
            ? $"More than {RefusedAbove} needs an order beforehand."
            : "Within what was planned.";
    }

    private static bool IsNeverPaid(string finding) => finding.Contains("does not pay", StringComparison.Ordinal);
}
