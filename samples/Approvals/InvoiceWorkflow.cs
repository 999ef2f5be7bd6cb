using AugmentedOS.Workflows.Approvals;
using AugmentedOS.Workflows.Errors;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Approvals;

[Workflow]
internal sealed class InvoiceWorkflow
{
    private readonly Approval _payment;

    // In the constructor, so that it answers from the first moment on.
    public InvoiceWorkflow() => _payment = new(
        "payment",
        new()
        {
            Deciders = ["ann", "bob", "cem"],
            Quorum = 2,
            RemindEvery = TimeSpan.FromDays(1),
            EscalateAfter = TimeSpan.FromHours(36),
            EscalateTo = ["the boss"],
            Deadline = TimeSpan.FromDays(3),
        },
        TellAsync);

    [WorkflowRun]
    public async Task<string> RunAsync(string invoice)
    {
        var result = await _payment.WaitAsync();
        var who = string.Join(", ", result.Decisions.Select(decision => decision.OnBehalfOf is { } asked
            ? $"{decision.By} for {asked}"
            : decision.By));
        return $"{invoice}: {result.Outcome}{(who.Length > 0 ? $" by {who}" : "")}";
    }

    private static Task TellAsync(ApprovalNotice notice, CancellationToken cancellationToken) =>
        Workflow.ExecuteActivityAsync(
            (Mail mail) => mail.SendAsync(notice),
            RetryPresets.Email(options => options.CancellationToken = cancellationToken));
}
