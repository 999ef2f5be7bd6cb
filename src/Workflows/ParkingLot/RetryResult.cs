namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>What became of a retry.</summary>
public enum RetryResult
{
    /// <summary>A new run goes on from there.</summary>
    Retried,

    /// <summary>The workflow has a later run already: it was retried or started again. Nothing was done.</summary>
    AlreadyRetried,

    /// <summary>It did not fail: it runs, completed, continued as new or was canceled. Nothing was done.</summary>
    NotFailed,

    /// <summary>The server does not have it any more.</summary>
    Gone,

    /// <summary>It could not be retried; the outcome's reason says why.</summary>
    Refused,
}
