using AugmentedOS.Engine.Api.ActivityTasks;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Deployments;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.WorkflowTasks;

/// <summary>A worker answers a workflow task with commands.</summary>
internal sealed class RespondWorkflowTaskCompleted(
    NamespaceGate gate,
    IExecutions executions,
    WorkerVersionCheck versions,
    WorkflowTaskResponses workflowTasks,
    ActivityTaskResponses activityTasks)
    : IRpc<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>
{
    public async ValueTask<Answer<RespondWorkflowTaskCompletedResponse>> AnswerAsync(
        RespondWorkflowTaskCompletedRequest request, Call call)
    {
        var refusal = TaskToken.Decode(request.TaskToken, TaskTokenKind.WorkflowTask, out var token)
            ?? gate.Enter(request.Namespace, token.Run.Namespace, out _)
            ?? Lengths.Identity(request.Identity)
            ?? versions.Refuse(request.Namespace, request.WorkerVersionStamp, request.DeploymentOptions)
            ?? CheckVersion(request);
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new CompleteWorkflowTask(token.Run, token.WorkflowTask, request))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : Respond((CompletedWorkflowTask)outcome.Reply);
    }

    private RespondWorkflowTaskCompletedResponse Respond(CompletedWorkflowTask completed)
    {
        var response = new RespondWorkflowTaskCompletedResponse
        {
            ResetHistoryEventId = completed.ResetHistoryEventId,
        };
        if (completed.Next is { } next)
        {
            response.WorkflowTask = workflowTasks.Of(next);
        }

        foreach (var activity in completed.EagerActivities)
        {
            response.ActivityTasks.Add(activityTasks.Of(activity));
        }

        return response;
    }

    private static Rejection? CheckVersion(RespondWorkflowTaskCompletedRequest request) =>
        request.VersioningBehavior != VersioningBehavior.Unspecified
        && request.DeploymentOptions is not { WorkerVersioningMode: WorkerVersioningMode.Versioned }
            ? Rejection.InvalidArgument(
                "versioning behavior cannot be specified without deployment options being set with versioned mode")
            : null;
}
