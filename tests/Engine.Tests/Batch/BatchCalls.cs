using AugmentedOS.Engine.Tests.Api;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Batch;

/// <summary>Batch operations from their start to their end.</summary>
internal static class BatchCalls
{
    public static async Task<DescribeBatchOperationResponse> RunAsync(RawEngine raw, Action<StartBatchOperationRequest> configure)
    {
        var request = Start(configure);
        await raw.CallAsync<StartBatchOperationResponse>(request);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            if (await DescribeAsync(raw, request.JobId) is { State: not BatchOperationState.Running } done)
            {
                return done;
            }
        }

        throw new InvalidOperationException("The pace never ends.");
    }

    public static Task<DescribeBatchOperationResponse> DescribeAsync(RawEngine raw, string jobId) =>
        raw.CallAsync<DescribeBatchOperationResponse>(new DescribeBatchOperationRequest { Namespace = "default", JobId = jobId });

    public static StartBatchOperationRequest Start(Action<StartBatchOperationRequest> configure)
    {
        var request = new StartBatchOperationRequest
        {
            Namespace = "default",
            JobId = $"job-{Guid.NewGuid():N}",
            Reason = "because",
            VisibilityQuery = "WorkflowType = 'mine'",
            TerminationOperation = new BatchOperationTermination(),
        };
        configure(request);
        return request;
    }
}
