namespace AugmentedOS.Workflows.Replay;

/// <summary>What sort of problem a replay met.</summary>
public enum ReplayProblemKind
{
    /// <summary>The code does something else than what was recorded: a worker of this build would be stuck at
    /// it.</summary>
    Nondeterminism,

    /// <summary>The code threw what fails a workflow task: a worker of this build would try again and again.</summary>
    TaskFailure,
}
