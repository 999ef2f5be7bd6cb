namespace AugmentedOS.Workflows.Versioning;

/// <summary>What a workflow was told when it asked for a patch.</summary>
/// <param name="Applied">Whether it takes the new branch; null where only that one is left.</param>
internal sealed record PatchDecision(string WorkflowId, string PatchId, bool? Applied);
