using AugmentedOS.Engine.Executions.Speculation;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Reads a run like <see cref="Inspect"/>, and what only memory has of it. Changes nothing.</summary>
/// <param name="Read">Turns the run into the answer; pure.</param>
internal sealed record InspectLive(WorkflowKey Workflow, RunId? Run, Func<LiveRun, object> Read)
    : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context) =>
        Decision.Answer(Read(context.Live ?? LiveRun.Of(state)));
}
