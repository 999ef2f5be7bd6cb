namespace AugmentedOS.Workflows.Deadlines;

/// <summary>What happens at a share of the budget; without an action it is the abort.</summary>
internal sealed record DeadlineStep(double Share, string Name, Func<CancellationToken, Task>? Action);
