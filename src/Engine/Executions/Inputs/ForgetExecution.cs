namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A closed run has been kept as long as its namespace asks: it goes, with its history.</summary>
internal sealed record ForgetExecution(RunKey Key) : Input(Key.Workflow, Key.Run)
{
    /// <summary>A run that still has to tell others of its end stays until it has.</summary>
    public override Decision Decide(RunState? state, DecisionContext context) =>
        state is { IsClosed: true, PendingDeliveries.Count: 0 }
            ? Decision.Delete(new Draft(state, context), Done.Instance)
            : Decision.Answer(Done.Instance);
}
