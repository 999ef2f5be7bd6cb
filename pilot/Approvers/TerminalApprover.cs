using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Workflows.Approvals;
using Spectre.Console;

namespace AugmentedOS.Pilot.Approvers;

/// <summary>Asks whoever sits at the terminal.</summary>
internal sealed class TerminalApprover(IAnsiConsole console) : IApprover
{
    private const string Approve = "Approve";
    private const string Reject = "Reject";
    private const string Later = "Later";

    private readonly HashSet<string> _postponed = new(StringComparer.Ordinal);

    public async Task<ApprovalAnswer?> DecideAsync(Question question, CancellationToken cancelled)
    {
        // A question that was put off comes back when the wait moves on: as a reminder, then for the manager.
        if (!_postponed.Add($"{question.Claim} {question.Status.Reminders} {question.WaitingFor}"))
        {
            return null;
        }

        console.WriteLine();
        console.MarkupLineInterpolated(
            $"[bold]{question.Summary}[/] over [bold]{question.Euro}[/], for {question.WaitingFor}");
        foreach (var finding in question.Findings)
        {
            console.MarkupLineInterpolated($"  {finding}");
        }

        var prompt = new SelectionPrompt<string>().AddChoices(Approve, Reject, Later);
        return await console.PromptAsync(prompt, cancelled) switch
        {
            Approve => new(question.WaitingFor, ApprovalVerdict.Approve, "Approved in the terminal."),
            Reject => new(question.WaitingFor, ApprovalVerdict.Reject, "Rejected in the terminal."),
            _ => null,
        };
    }
}
