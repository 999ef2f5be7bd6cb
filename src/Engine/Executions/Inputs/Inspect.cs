namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Reads a run's state, in order with everything else that happens to it. Changes nothing. What only memory has is
/// not shown.</summary>
/// <param name="Read">Turns the state into the answer; pure.</param>
internal sealed record Inspect(WorkflowKey Workflow, RunId? Run, Func<RunState, object> Read) : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context) =>
        Decision.Answer(Read(context.Live?.Written ?? state));
}
