using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>How fast a batch operation goes: it never crowds out callers.</summary>
/// <param name="PerSecond"><c>worker.batcherRPS</c></param>
/// <param name="Parallel"><c>worker.batcherConcurrency</c></param>
internal sealed record BatchPace(int PerSecond = 50, int Parallel = 5)
{
    /// <summary>How many runs are read at once.</summary>
    public const int PageSize = 1000;

    /// <summary>How often one is tried.</summary>
    public const int MaxAttempts = 50;

    /// <summary>The least time between two records of progress: what a crash makes it do again.</summary>
    public static readonly TimeSpan Recording = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two runs; a request may ask for a slower pace.</summary>
    public TimeSpan GapFor(StartBatchOperationRequest request)
    {
        var asked = request.MaxOperationsPerSecond;
        return TimeSpan.FromSeconds(1.0 / (asked > 0 ? Math.Min(asked, PerSecond) : PerSecond));
    }
}
