using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.TaskQueues.Configuration;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.TaskQueues;

/// <summary>Who polls a task queue, and what waits in it. A queue never used is described as empty.</summary>
internal sealed class DescribeTaskQueue(
    NamespaceGate gate, TaskMatcher matcher, TaskQueueConfigurations configurations)
    : IRpc<DescribeTaskQueueRequest, DescribeTaskQueueResponse>
{
    public ValueTask<Answer<DescribeTaskQueueResponse>> AnswerAsync(DescribeTaskQueueRequest request, Call call) =>
        Describe(request);

    private Answer<DescribeTaskQueueResponse> Describe(DescribeTaskQueueRequest request)
    {
        if ((gate.Enter(request.Namespace, out var ns) ?? TaskQueueCheck.Check(request.TaskQueue)) is { } refusal)
        {
            return refusal;
        }

        var (reply, rejection) = TaskQueueDescriptions.Describe(matcher, configurations.Find, ns.Id, request);
        return rejection is null ? reply! : rejection;
    }
}
