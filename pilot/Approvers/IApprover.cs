using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Workflows.Approvals;

namespace AugmentedOS.Pilot.Approvers;

internal interface IApprover
{
    /// <returns>The decision, or null when this approver does not answer now.</returns>
    Task<ApprovalAnswer?> DecideAsync(Question question, CancellationToken cancelled);
}
