using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.TaskQueues.Configuration;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.TaskQueues;

/// <summary>Limits a task queue, or weighs its fairness keys. It holds over what workers ask for.</summary>
internal sealed class UpdateTaskQueueConfig(
    NamespaceGate gate, EngineLimits limits, EntityHost<TaskQueueConfiguration> configurations)
    : IRpc<UpdateTaskQueueConfigRequest, UpdateTaskQueueConfigResponse>
{
    public async ValueTask<Answer<UpdateTaskQueueConfigResponse>> AnswerAsync(
        UpdateTaskQueueConfigRequest request, Call call)
    {
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? TaskQueueConfigCheck.Check(request, limits)
            ?? TaskQueueCheck.Check(new TaskQueue { Name = request.TaskQueue });
        if (refusal is not null)
        {
            return refusal;
        }

        var type = request.TaskQueueType == TaskQueueType.Unspecified ? TaskQueueType.Workflow : request.TaskQueueType;
        var key = TaskQueueConfiguration.KeyOf(new TaskQueueKey(ns.Id, request.TaskQueue, type));
        var outcome = await configurations.SubmitAsync(new ConfigureTaskQueue(key, request)).ConfigureAwait(false);
        return outcome.IsRejected
            ? outcome.Rejection
            : new UpdateTaskQueueConfigResponse { Config = (TaskQueueConfig)outcome.Reply! };
    }
}
