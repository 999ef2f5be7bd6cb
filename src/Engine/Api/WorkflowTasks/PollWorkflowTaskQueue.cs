using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Deployments;
using AugmentedOS.Engine.Api.TaskQueues;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.WorkflowTasks;

/// <summary>A worker's long poll for workflow tasks and queries.</summary>
internal sealed class PollWorkflowTaskQueue(
    NamespaceGate gate, WorkerPolls polls, WorkerVersionCheck checks, WorkflowTaskResponses responses)
    : IRpc<PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>
{
    public async ValueTask<Answer<PollWorkflowTaskQueueResponse>> AnswerAsync(
        PollWorkflowTaskQueueRequest request, Call call)
    {
        var (duration, impatient) = polls.DurationFor(call.TimeLeft);
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? impatient
            ?? Lengths.Identity(request.Identity)
            ?? TaskQueueCheck.Check(request.TaskQueue)
            ?? CheckVersion(request)
            ?? checks.Refuse(request.Namespace, request.WorkerVersionCapabilities, request.DeploymentOptions);
        if (refusal is not null)
        {
            return refusal;
        }

        if (ns.BadBinaries.ContainsKey(request.BinaryChecksum))
        {
            return Rejection.InvalidArgument($"Binary {request.BinaryChecksum} already marked as bad deployment.");
        }

        var queue = new TaskQueueKey(
            ns.Id, request.TaskQueue.Name, TaskQueueType.Workflow, request.TaskQueue.Kind == TaskQueueKind.Sticky);
        var worker = new PollingWorker(queue, request.Identity, request.WorkerInstanceKey)
        {
            Version = request.WorkerVersionCapabilities,
            Deployment = request.DeploymentOptions,
        };
        var (poller, outcome) = await polls.WaitAsync(worker, duration, call.Cancelled).ConfigureAwait(false);
        if (outcome is not { } found)
        {
            return new PollWorkflowTaskQueueResponse();
        }

        return found.IsRejected ? found.Rejection : Respond(found.Reply, poller!);
    }

    private PollWorkflowTaskQueueResponse Respond(object reply, Poller poller)
    {
        var response = reply switch
        {
            StartedWorkflowTask started => responses.Of(started),
            QueryTask query => responses.Of(query),
            _ => throw new InvalidOperationException($"A workflow task poller was given {reply}."),
        };
        response.PollerScalingDecision = polls.AdviseOn(poller);
        response.BacklogCountHint = polls.BacklogOf(poller.Queue);
        return response;
    }

    private static Rejection? CheckVersion(PollWorkflowTaskQueueRequest request)
    {
        var isVersioned = request.WorkerVersionCapabilities is { UseVersioning: true }
            || request.DeploymentOptions is { WorkerVersioningMode: WorkerVersioningMode.Versioned };
        return isVersioned
            && request.TaskQueue.Kind == TaskQueueKind.Sticky
            && request.TaskQueue.NormalName.Length == 0
            ? Rejection.InvalidArgument(
                "NormalName must be set on sticky queue when UseVersioning is true or DeploymentOptions are set.")
            : null;
    }
}
