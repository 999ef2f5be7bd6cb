using Temporalio.Api.Command.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Bench.Floor;

/// <summary>What the bare handlers must remember to answer at all.</summary>
internal sealed class FloorRun(StartWorkflowExecutionRequest request, string runId)
{
    public StartWorkflowExecutionRequest Request { get; } = request;

    public string RunId { get; } = runId;

    public ScheduleActivityTaskCommandAttributes? Activity { get; set; }

    public TaskCompletionSource<HistoryEvent> Closed { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
