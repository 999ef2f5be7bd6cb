namespace AugmentedOS.Workflows.Polling;

/// <summary>What one run of a workflow that polls hands over to the next.</summary>
/// <param name="Asked">How often it has asked, in all runs.</param>
/// <param name="StartedAt">When the first run began (UTC): the deadline counts from there.</param>
public sealed record PollProgress(int Asked, DateTime StartedAt);
