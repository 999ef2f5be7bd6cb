using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>Finds out which activity an answer is about, and hands it on.</summary>
internal sealed class ActivityAnswers(NamespaceGate gate, IExecutions executions)
{
    public Rejection? ByToken(
        string ns, ByteString bytes, string identity, out WorkflowKey workflow, out RunId? run, out ActivityTarget target)
    {
        var refusal = TaskToken.Decode(bytes, TaskTokenKind.Activity, out var token)
            ?? gate.Enter(ns, token.Run.Namespace, out _)
            ?? Lengths.Identity(identity);
        workflow = token.Run.Workflow;
        run = token.Run.Run;
        target = new ActivityTarget.ByToken(token.ScheduledEventId, token.Attempt, token.StartedAt);
        return refusal;
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
        workflow = refusal is null ? new WorkflowKey(ns.Id, workflowId) : default;
        target = new ActivityTarget.ById(activityId);
        return refusal;
    }

    public Task<Outcome> SubmitAsync(Input input) => executions.SubmitAsync(input);

    private static Rejection? CheckIds(string workflowId, string activityId)
    {
        if (workflowId.Length == 0)
        {
            return Rejection.InvalidArgument("WorkflowId is not set on request.");
        }

        return activityId.Length == 0 ? Rejection.InvalidArgument("ActivityId is not set on request.") : null;
    }
}
