using Google.Protobuf;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Payloads in commands that close a run must stay below the blob limit.</summary>
internal static class CommandSize
{
    public static bool Exceeds(IMessage? payload, DecisionContext context) =>
        payload is not null && payload.CalculateSize() > context.Limits.BlobSizeError;

    /// <summary>A retry would be as large, so the run is terminated. The cause names activities whatever the command:
    /// clients match this text of Temporal servers.</summary>
    public static CommandFailure Failure(string field) => new(
        WorkflowTaskFailedCause.BadScheduleActivityAttributes, $"{field} exceeds size limit.", TerminatesRun: true);
}
