using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Deployments;
using AugmentedOS.Engine.Api.TaskQueues;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Nexus.Tasks;
using AugmentedOS.Engine.Nexus.Wire;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>A worker's long poll for Nexus requests.</summary>
internal sealed class PollNexusTaskQueue(
    NamespaceGate gate, WorkerPolls polls, WorkerVersionCheck checks, TimeProvider time)
    : IRpc<PollNexusTaskQueueRequest, PollNexusTaskQueueResponse>
{
    /// <summary>An older Java SDK reads the deadline under this name only.</summary>
    private const string CapitalizedRequestTimeout = "Request-Timeout";

    public async ValueTask<Answer<PollNexusTaskQueueResponse>> AnswerAsync(
        PollNexusTaskQueueRequest request, Call call)
    {
        var (duration, impatient) = polls.DurationFor(call.TimeLeft);
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? impatient
            ?? TaskQueueCheck.Check(request.TaskQueue)
            ?? Lengths.Identity(request.Identity)
            ?? checks.Refuse(request.Namespace, request.WorkerVersionCapabilities, request.DeploymentOptions);
        if (refusal is not null)
        {
            return refusal;
        }

        var queue = new TaskQueueKey(ns.Id, request.TaskQueue.Name, TaskQueueType.Nexus);
        var worker = new PollingWorker(queue, request.Identity, request.WorkerInstanceKey)
        {
            Version = request.WorkerVersionCapabilities,
            Deployment = request.DeploymentOptions,
        };
        var (poller, outcome) = await polls.WaitAsync(worker, duration, call.Cancelled).ConfigureAwait(false);
        if (outcome is not { } found)
        {
            return new PollNexusTaskQueueResponse();
        }

        if (found.IsRejected)
        {
            return found.Rejection;
        }

        var response = Of((NexusTask)found.Reply);
        response.PollerScalingDecision = polls.AdviseOn(poller!);
        return response;
    }

    private PollNexusTaskQueueResponse Of(NexusTask task)
    {
        var left = NexusDuration.ToGoText(task.Deadline - Instant.From(time.GetUtcNow()));
        task.Request.Header[NexusHeaderNames.RequestTimeout] = left;
        task.Request.Header[CapitalizedRequestTimeout] = left;
        return new PollNexusTaskQueueResponse
        {
            TaskToken = new NexusTaskToken(task.Namespace, task.Id).Encode(),
            Request = task.Request,
        };
    }
}
