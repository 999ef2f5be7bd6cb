using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Schedules;

/// <summary>The words in which schedules refuse.</summary>
internal static class ScheduleRejections
{
    public static Rejection NotFound() => Rejection.NotFound("schedule not found");

    public static Rejection AlreadyExists(ScheduleState existing) => new(
        StatusCode.AlreadyExists,
        $"schedule \"{existing.Id}\" is already registered",
        new WorkflowExecutionAlreadyStartedFailure { StartRequestId = existing.CreateRequestId });

    public static Rejection ConflictTokenMismatch() => Rejection.FailedPrecondition("mismatched conflict token");

    public static Rejection TooManyBackfills() => Rejection.FailedPrecondition("too many concurrent backfillers");
}
