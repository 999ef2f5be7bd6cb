namespace AugmentedOS.Workflows.Sagas;

/// <summary>What happens to the compensations that are still to be run when one has failed for good, after its
/// retries.</summary>
public enum CompensationFailurePolicy
{
    /// <summary>They run; the failures are collected into one <see cref="SagaCompensationException"/>.</summary>
    GoOn,

    /// <summary>They do not run, and the <see cref="SagaCompensationException"/> names them: for chains in which each
    /// step undoes only what the step before has freed.</summary>
    Stop,
}
