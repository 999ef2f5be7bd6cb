namespace AugmentedOS.Workflows.Waiting;

/// <summary>What the waiting activity is given.</summary>
/// <param name="WorkflowId">Whose end.</param>
/// <param name="RunId">From which run on; null: the latest.</param>
/// <param name="LongPoll">How long this attempt may hold on.</param>
/// <param name="Pause">How long until the next.</param>
public sealed record WaitRequest(string WorkflowId, string? RunId, TimeSpan LongPoll, TimeSpan Pause);
