using AugmentedOS.Pilot.Workflows;

namespace AugmentedOS.Pilot.Approvers;

internal interface IApprover
{
    /// <returns>The decision, or null when this approver does not answer now.</returns>
    Task<Decision?> DecideAsync(ApprovalStatus question, CancellationToken cancelled);
}
