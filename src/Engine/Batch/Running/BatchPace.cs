using AugmentedOS.Engine.Executions;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>How fast a batch operation goes: it never crowds out callers.</summary>
/// <param name="PerSecond"><c>worker.batcherRPS</c>; 0 for no limit</param>
/// <param name="Parallel"><c>worker.batcherConcurrency</c></param>
internal sealed record BatchPace(int PerSecond = 50, int Parallel = 5)
{
    /// <summary>How many runs are read at once.</summary>
    public const int PageSize = 1000;

    /// <summary>How often one is tried.</summary>
    public const int MaxAttempts = 50;

    /// <summary>The least time between two records of progress: what a crash makes it do again.</summary>
    public static readonly TimeSpan Recording = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that a request can ask for between two runs.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromDays(1);

    public static BatchPace Of(EngineLimits limits) =>
        new(limits.BatchOperationsPerSecond, Math.Max(1, limits.BatchConcurrency));

    /// <summary>The least time between two runs; a request may ask for a slower pace.</summary>
    public TimeSpan GapFor(StartBatchOperationRequest request)
    {
        double asked = request.MaxOperationsPerSecond;
        var rate = asked > 0 && (PerSecond == 0 || asked < PerSecond) ? asked : PerSecond;
        var gap = rate > 0 ? 1 / rate : 0;
        return gap < LongestGap.TotalSeconds ? TimeSpan.FromSeconds(gap) : LongestGap;
    }
}
