using AugmentedOS.Engine.Batch.Running;
using AugmentedOS.Engine.Executions;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Batch;

public sealed class BatchPaceTests
{
    [Theory]
    [InlineData(50, 0f, 20)]
    [InlineData(50, 10f, 100)]
    [InlineData(50, 1000f, 20)]
    [InlineData(50, float.NaN, 20)]
    [InlineData(0, 0f, 0)]
    [InlineData(0, 10f, 100)]
    [InlineData(0, float.PositiveInfinity, 0)]
    [InlineData(50, 1e-30f, 86_400_000)]
    public void Gap_IsThatOfTheSlowerOfBothRates(int configured, float asked, int milliseconds)
    {
        var pace = BatchPace.Of(EngineLimits.Default with { BatchOperationsPerSecond = configured });
        Assert.Equal(milliseconds, pace.GapFor(new StartBatchOperationRequest { MaxOperationsPerSecond = asked }).TotalMilliseconds, 3);
    }

    [Fact]
    public void Parallel_IsConfiguredAndNeverNone()
    {
        Assert.Equal(7, BatchPace.Of(EngineLimits.Default with { BatchConcurrency = 7 }).Parallel);
        Assert.Equal(1, BatchPace.Of(EngineLimits.Default with { BatchConcurrency = 0 }).Parallel);
    }
}
