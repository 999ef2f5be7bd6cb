using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Sagas;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Sagas;

/// <summary>Uses a saga wrongly, and returns what it is told then.</summary>
[Workflow]
public sealed class MisuseWorkflow
{
    public enum Mistake
    {
        RegistersTwice,
        RegistersAfterTheEnd,
        CompensatesAfterSuccess,
        StopsInParallel,
        RegistersWhileCompensating,
    }

    [WorkflowRun]
    public async Task<string> RunAsync(Mistake mistake)
    {
        try
        {
            await MakeAsync(mistake);
            return "";
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return exception.Message;
        }
    }

    private static async Task MakeAsync(Mistake mistake)
    {
        var saga = new Saga(mistake is Mistake.StopsInParallel
            ? new() { Order = CompensationOrder.Parallel, OnFailure = CompensationFailurePolicy.Stop }
            : null);
        saga.Compensate("hotel", _ => Task.CompletedTask);
        if (mistake is Mistake.RegistersTwice)
        {
            saga.Compensate("hotel", _ => Task.CompletedTask);
        }

        if (mistake is Mistake.RegistersWhileCompensating)
        {
            saga.Compensate("flight", _ =>
            {
                saga.Compensate("car", _ => Task.CompletedTask);
                return Task.CompletedTask;
            });
            await saga.CompensateAsync(Fail.BusinessRule("no"));
        }

        saga.Complete();
        if (mistake is Mistake.CompensatesAfterSuccess)
        {
            await saga.CompensateAsync();
        }

        saga.Compensate("flight", _ => Task.CompletedTask);
    }
}
