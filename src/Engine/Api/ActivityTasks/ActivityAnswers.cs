using AugmentedOS.Engine.Api.Activities.Standalone;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>Finds out which activity an answer is about, and hands it on.</summary>
/// <remarks>Whoever names no workflow means an activity without one.</remarks>
internal sealed class ActivityAnswers(NamespaceGate gate, IExecutions executions, EngineLimits limits)
{
    public Rejection? ByToken(
        string ns, ByteString bytes, string identity, out WorkflowKey workflow, out RunId? run, out ActivityTarget target)
    {
        var refusal = TaskToken.Decode(bytes, TaskTokenKind.Activity, out var token)
            ?? Lengths.Identity(identity);
        NamespaceInfo? entered = null;
        refusal ??= gate.Enter(ns, token.Run.Namespace, out entered);
        var isStandalone = entered is not null && entered.Id != token.Run.Namespace;
        workflow = token.Run.Workflow;
        run = token.Run.Run;
        target = new ActivityTarget.ByToken(token.ScheduledEventId, token.Attempt, token.StartedAt)
        {
            IsStandalone = isStandalone,
        };
        return refusal is null && isStandalone && !limits.Features.StandaloneActivities
            ? ActivityAccess.Disabled
            : refusal;
    }

    public Rejection? ById(
        string nsName,
        string workflowId,
        string runId,
        string activityId,
        string identity,
        out WorkflowKey workflow,
        out RunId? run,
        out ActivityTarget target)
    {
        run = null;
        var refusal = gate.Enter(nsName, out var ns)
            ?? CheckIds(workflowId, activityId)
            ?? ExecutionCheck.CheckRun(runId, out run)
            ?? Lengths.Identity(identity);
        var isStandalone = workflowId.Length == 0;
        workflow = refusal is not null ? default
            : isStandalone ? ActivityAccess.KeyOf(ns, activityId)
            : new WorkflowKey(ns.Id, workflowId);
        target = new ActivityTarget.ById(activityId) { IsStandalone = isStandalone };
        return refusal;
    }

    public Task<Outcome> SubmitAsync(Input input) => executions.SubmitAsync(input);

    private Rejection? CheckIds(string workflowId, string activityId)
    {
        if (workflowId.Length == 0 && !limits.Features.StandaloneActivities)
        {
            return Rejection.InvalidArgument("WorkflowId is not set on request.");
        }

        return activityId.Length == 0 ? Rejection.InvalidArgument("ActivityId is not set on request.") : null;
    }
}
