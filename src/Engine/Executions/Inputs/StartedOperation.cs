namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to the start of an operation.</summary>
/// <param name="IsNew">Whether this request started it.</param>
internal sealed record StartedOperation(RunId Run, bool IsNew);
