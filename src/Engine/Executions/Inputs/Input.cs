namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Something that happened to a workflow from outside: a request, a worker's answer, a deadline.</summary>
/// <remarks>One file an input. <see cref="Decide"/> is pure: it reads the state and the context, and returns facts.</remarks>
/// <param name="Workflow">Whom it is for; decides the shard.</param>
/// <param name="Run">Which run; null means the current one (the latest, open or closed).</param>
internal abstract record Input(WorkflowKey Workflow, RunId? Run)
{
    /// <summary>Decides what this input comes to.</summary>
    /// <param name="state">The addressed run, null when there is none.</param>
    public abstract Decision Decide(RunState? state, DecisionContext context);
}
