using Temporalio.Workflows;

namespace AugmentedOS.Samples.Waiting;

internal sealed record Payment(string By, decimal Amount);

/// <summary>An invoice of another department: it knows nothing of deliveries.</summary>
[Workflow]
internal sealed class InvoiceWorkflow
{
    private string? _paidBy;

    [WorkflowRun]
    public async Task<Payment> RunAsync(decimal amount)
    {
        await Workflow.WaitConditionAsync(() => _paidBy is not null);
        return new(_paidBy!, amount);
    }

    [WorkflowSignal]
    public Task PayAsync(string by)
    {
        _paidBy ??= by;
        return Task.CompletedTask;
    }
}
