using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.TaskQueues;

/// <summary>Each queue is one partition here.</summary>
internal sealed class ListTaskQueuePartitions(NamespaceGate gate)
    : IRpc<ListTaskQueuePartitionsRequest, ListTaskQueuePartitionsResponse>
{
    public ValueTask<Answer<ListTaskQueuePartitionsResponse>> AnswerAsync(
        ListTaskQueuePartitionsRequest request, Call call) => List(request);

    private Answer<ListTaskQueuePartitionsResponse> List(ListTaskQueuePartitionsRequest request)
    {
        if ((gate.Enter(request.Namespace, out _) ?? TaskQueueCheck.Check(request.TaskQueue)) is { } refusal)
        {
            return refusal;
        }

        return TaskQueueDescriptions.Partitions(request.TaskQueue.Name, Environment.MachineName);
    }
}
