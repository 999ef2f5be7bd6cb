namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>Where a retry goes back to.</summary>
public enum RetryFrom
{
    /// <summary>Where it loses least and is safe: for a failed run <see cref="FailedStep"/>, or <see cref="Beginning"/>
    /// where the workflow acted on the failure (a compensation undid what came before) or failed by itself; for one
    /// that timed out or was stopped <see cref="LastTask"/>.</summary>
    Automatic,

    /// <summary>Before the step that failed it: an activity, a child, a Nexus operation. What was done before stays
    /// done.</summary>
    FailedStep,

    /// <summary>Before the last decision of the workflow's code.</summary>
    LastTask,

    /// <summary>Before the first: everything is done again, signals included.</summary>
    Beginning,
}
