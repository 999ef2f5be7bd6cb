using System.Diagnostics;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Traces a workflow: its run, and what it is sent.</summary>
internal sealed class WorkflowRunTracing(TraceHeaders headers, WorkflowInboundInterceptor next)
    : WorkflowInboundInterceptor(next)
{
    public override void Init(WorkflowOutboundInterceptor outbound) =>
        base.Init(new WorkflowCommandTracing(headers, outbound));

    public override async Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input)
    {
        var name = Workflow.Info.WorkflowType;
        using var run = Enter($"RunWorkflow:{name}", []);
        try
        {
            var result = await base.ExecuteWorkflowAsync(input).ConfigureAwait(true);
            Mark($"CompleteWorkflow:{name}");
            return result;
        }
        catch (Exception failure) when (failure is not ContinueAsNewException)
        {
            Mark($"{EndOf("CompleteWorkflow", failure)}:{name}", failure);
            throw;
        }
    }

    public override async Task HandleSignalAsync(HandleSignalInput input)
    {
        using var handling = Enter(
            $"HandleSignal:{input.Signal}", LinksTo(headers.Read(input.Headers).ActivityContext));
        try
        {
            await base.HandleSignalAsync(input).ConfigureAwait(true);
        }
        catch (Exception failure) when (failure is not ContinueAsNewException)
        {
            Mark($"{EndOf("CompleteWorkflow", failure)}:{Workflow.Info.WorkflowType}", failure);
            throw;
        }
    }

    public override object? HandleQuery(HandleQueryInput input)
    {
        Exception? failed = null;
        try
        {
            return base.HandleQuery(input);
        }
        catch (Exception failure)
        {
            failed = failure;
            throw;
        }
        finally
        {
            // Afterwards, because a span that ends at once cannot be told later that it failed.
            Enter(
                $"HandleQuery:{input.Query}",
                LinksTo(headers.Read(input.Headers).ActivityContext),
                evenInReplay: true,
                failed).Dispose();
        }
    }

    public override void ValidateUpdate(HandleUpdateInput input)
    {
        Exception? failed = null;
        try
        {
            base.ValidateUpdate(input);
        }
        catch (Exception failure)
        {
            failed = failure;
            throw;
        }
        finally
        {
            Enter($"ValidateUpdate:{input.Update}", LinksTo(headers.Read(input.Headers).ActivityContext),
                failure: failed)
                .Dispose();
        }
    }

    public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
    {
        using var handling = Enter(
            $"HandleUpdate:{input.Update}", LinksTo(headers.Read(input.Headers).ActivityContext));
        try
        {
            return await base.HandleUpdateAsync(input).ConfigureAwait(true);
        }
        catch (Exception failure) when (failure is not ContinueAsNewException)
        {
            Mark($"{EndOf("CompleteUpdate", failure)}:{input.Update}", failure);
            throw;
        }
    }

    /// <summary>What a failure ends: what failed for good, or only this attempt of a workflow task.</summary>
    private static string EndOf(string whole, Exception failure) =>
        failure is FailureException or OperationCanceledException ? whole : "WorkflowTaskFailure";

    private static ActivityLink[] LinksTo(ActivityContext sender) =>
        sender == default ? [] : [new ActivityLink(sender)];

    private static void Mark(string name, Exception? failure = null) =>
        WorkflowSpan.Start(TraceSources.Workflow, name, ActivityKind.Internal, failure).Dispose();

    /// <summary>Everything in a workflow hangs on what started it; what was sent to it is linked to its
    /// sender.</summary>
    private WorkflowSpan Enter(
        string name, ActivityLink[] links, bool evenInReplay = false, Exception? failure = null) =>
        WorkflowSpan.Enter(name, headers.Read(Workflow.Info.Headers), links, evenInReplay, failure);
}
