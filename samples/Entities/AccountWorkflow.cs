using AugmentedOS.Workflows.Entities;
using AugmentedOS.Workflows.Errors;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Entities;

[Workflow]
internal sealed class AccountWorkflow
{
    private readonly Entity<long> _account;

    // In the constructor, so that a message that is there before the run method begins finds its state.
    [WorkflowInit]
    public AccountWorkflow(EntitySnapshot<long>? snapshot) => _account = new(snapshot, initial: 0);

    [WorkflowRun]
    public Task<long> RunAsync(EntitySnapshot<long>? snapshot) => _account.RunAsync(
        next => Workflow.CreateContinueAsNewException((AccountWorkflow workflow) => workflow.RunAsync(next)));

    [WorkflowSignal]
    public Task DepositAsync(string messageId, long amount) => _account.HandleAsync(messageId, balance => balance + amount);

    [WorkflowUpdate]
    public Task<bool> WithdrawAsync(string messageId, long amount) => _account.HandleAsync(
        messageId, balance => amount <= balance ? balance - amount : throw Fail.BusinessRule($"{amount} are more than {balance}"));

    // Refuses before anything is recorded.
    [WorkflowUpdateValidator(nameof(WithdrawAsync))]
    public void CheckWithdrawal(string messageId, long amount)
    {
        if (amount <= 0)
        {
            throw Fail.InvalidInput($"{amount} cannot be withdrawn");
        }
    }

    [WorkflowSignal]
    public Task CloseAsync()
    {
        _account.End();
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public long Balance() => _account.State;
}
