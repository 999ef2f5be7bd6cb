using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Batch;

/// <summary>Where a batch operation resets to, in the newer of the two forms in which requests say it.</summary>
internal static class BatchResetOptions
{
    public static ResetOptions Of(BatchOperationReset operation)
    {
        if (operation.Options is { } options)
        {
            return options;
        }

#pragma warning disable CS0612 // Older clients send it.
        var kept = new ResetOptions { ResetReapplyType = operation.ResetReapplyType };
        if (operation.ResetType == ResetType.FirstWorkflowTask)
        {
            kept.FirstWorkflowTask = new Empty();
        }
        else
        {
            kept.LastWorkflowTask = new Empty();
        }
#pragma warning restore CS0612
        return kept;
    }
}
