using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Deployments;
using AugmentedOS.Engine.Api.TaskQueues;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>A worker's long poll for activities.</summary>
internal sealed class PollActivityTaskQueue(
    NamespaceGate gate, WorkerPolls polls, WorkerVersionCheck checks, ActivityTaskResponses responses)
    : IRpc<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>
{
    public async ValueTask<Answer<PollActivityTaskQueueResponse>> AnswerAsync(
        PollActivityTaskQueueRequest request, Call call)
    {
        var (duration, impatient) = polls.DurationFor(call.TimeLeft);
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? impatient
            ?? Lengths.Identity(request.Identity)
            ?? TaskQueueCheck.Check(request.TaskQueue)
            ?? checks.Refuse(request.Namespace, request.WorkerVersionCapabilities, request.DeploymentOptions);
        if (refusal is not null)
        {
            return refusal;
        }

        var queue = new TaskQueueKey(ns.Id, request.TaskQueue.Name, TaskQueueType.Activity);
        var worker = new PollingWorker(queue, request.Identity, request.WorkerInstanceKey)
        {
            Version = request.WorkerVersionCapabilities,
            Deployment = request.DeploymentOptions,
            MaxTasksPerSecond = request.TaskQueueMetadata?.MaxTasksPerSecond,
            Sdk = call.Sdk,
        };
        var (poller, outcome) = await polls.WaitAsync(worker, duration, call.Cancelled).ConfigureAwait(false);
        if (outcome is not { } found)
        {
            return new PollActivityTaskQueueResponse();
        }

        if (found.IsRejected)
        {
            return found.Rejection;
        }

        var response = responses.Of((StartedActivity)found.Reply);
        response.PollerScalingDecision = polls.AdviseOn(poller!);
        return response;
    }
}
