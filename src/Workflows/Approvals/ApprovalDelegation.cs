namespace AugmentedOS.Workflows.Approvals;

/// <summary>One decider's place given to somebody else: the only argument of the update
/// <c>{name}.delegate</c>.</summary>
/// <param name="By">Who gives it away.</param>
/// <param name="To">Who decides instead.</param>
public sealed record ApprovalDelegation(string By, string To);
