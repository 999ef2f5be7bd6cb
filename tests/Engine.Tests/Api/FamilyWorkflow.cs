using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>A parent that deals with a child, or with a stranger, in the way it is asked to.</summary>
[Workflow]
public sealed class FamilyWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string mode, string other) => mode switch
    {
        "call" => CallAsync("return", other),
        "call-failing" => FailureOf(() => CallAsync("fail", other)),
        "call-continuing" => CallAsync("continue", other),
        "call-taken" => FailureOf(() => CallAsync("return", other)),
        "cancel" => FailureOf(() => CancelAsync(other)),
        "signal-child" => SignalChildAsync(other),
        "abandon" => LeaveAsync(other, ParentClosePolicy.Abandon),
        "terminate" => LeaveAsync(other, ParentClosePolicy.Terminate),
        "request-cancel" => LeaveAsync(other, ParentClosePolicy.RequestCancel),
        "signal" => SignalAsync(other),
        "signal-unknown" => FailureOf(() => SignalAsync(other)),
        "cancel-external" => CancelExternalAsync(other),
        _ => throw new ApplicationFailureException($"No mode {mode}.", nonRetryable: true),
    };

    private static Task<string> CallAsync(string mode, string child) => Workflow.ExecuteChildWorkflowAsync(
        (ChildWorkflow wf) => wf.RunAsync(mode), new ChildWorkflowOptions { Id = child });

    private static async Task<string> CancelAsync(string child)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        var handle = await Workflow.StartChildWorkflowAsync(
            (ChildWorkflow wf) => wf.RunAsync("wait"),
            new ChildWorkflowOptions { Id = child, CancellationToken = cancel.Token });
        cancel.Cancel(); // CancelAsync would leave the workflow's own scheduler.
        return await handle.GetResultAsync();
    }

    private static async Task<string> SignalChildAsync(string child)
    {
        var handle = await Workflow.StartChildWorkflowAsync(
            (ChildWorkflow wf) => wf.RunAsync("wait"), new ChildWorkflowOptions { Id = child });
        await handle.SignalAsync(wf => wf.ReleaseAsync("parent"));
        return await handle.GetResultAsync();
    }

    private static async Task<string> LeaveAsync(string child, ParentClosePolicy policy)
    {
        await Workflow.StartChildWorkflowAsync(
            (ChildWorkflow wf) => wf.RunAsync("wait"),
            new ChildWorkflowOptions { Id = child, ParentClosePolicy = policy });
        return "left";
    }

    private static async Task<string> SignalAsync(string target)
    {
        await Workflow.GetExternalWorkflowHandle<ChildWorkflow>(target).SignalAsync(wf => wf.ReleaseAsync("stranger"));
        return "signaled";
    }

    private static async Task<string> CancelExternalAsync(string target)
    {
        await Workflow.GetExternalWorkflowHandle(target).CancelAsync();
        return "requested";
    }

    private static async Task<string> FailureOf(Func<Task<string>> action)
    {
        try
        {
            return await action();
        }
        catch (TemporalException failure)
        {
            return $"{failure.GetType().Name}/{failure.InnerException?.GetType().Name}";
        }
    }
}
