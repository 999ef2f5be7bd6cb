namespace AugmentedOS.Engine.Batch;

/// <summary>How far a batch operation is. The numbers are in files.</summary>
internal enum BatchStatus
{
    Running = 1,
    Completed = 2,

    /// <summary>By a client, before its end.</summary>
    Stopped = 3,

    /// <summary>It could not go on: its query, once right, is right no more.</summary>
    Failed = 4,
}
