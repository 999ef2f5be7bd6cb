namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>How far an update has come that history knows of.</summary>
internal enum UpdateStage : byte
{
    /// <summary>Its request is in history (a reset put it there again), and no worker has answered yet.</summary>
    Admitted,

    Accepted,
    Completed,
}
