namespace AugmentedOS.Engine.Api.Tokens;

/// <summary>What a task token is for; also its first byte, so that one kind is never taken for another.</summary>
internal enum TaskTokenKind : byte
{
    WorkflowTask = 1,
    Activity = 2,
    Query = 3,
    Nexus = 4,
}
