namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Tells somebody how a workflow has ended.</summary>
internal sealed record CompletionCall(RunKey Run, CompletionCallback Callback, NexusCompletion Completion)
    : NexusCall(Run, Callback.Number, Callback.Attempts);
