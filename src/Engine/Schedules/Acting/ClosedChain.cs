using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>How the last run of a chain ended.</summary>
internal sealed record ClosedChain(WorkflowExecutionStatus Status, Payloads? Result = null, Failure? Failure = null)
{
    /// <summary>The run was deleted before anybody looked: all that is known is that it does not run.</summary>
    public static ClosedChain Gone { get; } = new(WorkflowExecutionStatus.Terminated);
}
