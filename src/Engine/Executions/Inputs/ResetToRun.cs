namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The run that a reset made.</summary>
internal sealed record ResetToRun(RunId Run);
