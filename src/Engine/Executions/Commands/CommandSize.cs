using Google.Protobuf;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Payloads in commands that close a run must stay below the blob limit. A retry would be as large, so a
/// command over it terminates the run.</summary>
internal static class CommandSize
{
    public static CommandFailure? Check(
        IMessage? payload, int limit, WorkflowTaskFailedCause cause, string field) =>
        payload is not null && payload.CalculateSize() > limit
            ? new CommandFailure(cause, $"{field} exceeds size limit.", TerminatesRun: true)
            : null;
}
