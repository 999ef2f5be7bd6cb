using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Deployments;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>A worker's long poll for activities.</summary>
internal sealed class PollActivityTaskQueue(
    NamespaceGate gate,
    TaskMatcher matcher,
    LongPollTimes times,
    TimeProvider time,
    VersionedPolls versions,
    ActivityTaskResponses responses)
    : IRpc<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>
{
    public async ValueTask<Answer<PollActivityTaskQueueResponse>> AnswerAsync(
        PollActivityTaskQueueRequest request, Call call)
    {
        var (duration, impatient) = times.For(call.TimeLeft);
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? impatient
            ?? Lengths.Identity(request.Identity)
            ?? TaskQueueCheck.Check(request.TaskQueue)
            ?? NamedVersion.OfWorker(request.DeploymentOptions);
        if (refusal is not null)
        {
            return refusal;
        }

        var queue = new TaskQueueKey(ns.Id, request.TaskQueue.Name, TaskQueueType.Activity);
        if (await versions.RegisterAsync(queue, request.DeploymentOptions).ConfigureAwait(false) is { } unknown)
        {
            return unknown;
        }

        Poller? poller = null;
        var outcome = await LongPoll.RunAsync(
            matcher,
            time,
            ended => poller = new Poller(queue, request.Identity, request.WorkerInstanceKey, ended)
            {
                Version = request.WorkerVersionCapabilities,
                Deployment = request.DeploymentOptions,
                MaxTasksPerSecond = request.TaskQueueMetadata?.MaxTasksPerSecond,
                Since = Instant.From(time.GetUtcNow()),
            },
            duration,
            call.Cancelled).ConfigureAwait(false);
        if (outcome is not { } found)
        {
            return new PollActivityTaskQueueResponse();
        }

        if (found.IsRejected)
        {
            return found.Rejection;
        }

        var response = responses.Of((StartedActivity)found.Reply);
        response.PollerScalingDecision = matcher.AdviseOn(poller!);
        return response;
    }
}
