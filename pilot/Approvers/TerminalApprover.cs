using AugmentedOS.Pilot.Workflows;
using Spectre.Console;

namespace AugmentedOS.Pilot.Approvers;

/// <summary>Asks whoever sits at the terminal.</summary>
internal sealed class TerminalApprover(IAnsiConsole console) : IApprover
{
    private const string Approve = "Approve";
    private const string Reject = "Reject";
    private const string Later = "Later";

    private readonly HashSet<string> _postponed = new(StringComparer.Ordinal);

    public async Task<Decision?> DecideAsync(ApprovalStatus question, CancellationToken cancelled)
    {
        // A question that was put off comes back when the wait moves on: as a reminder, then for the manager.
        if (!_postponed.Add($"{question.Request.Subject} {question.State}"))
        {
            return null;
        }

        var request = question.Request;
        console.WriteLine();
        console.MarkupLineInterpolated(
            $"[bold]{request.Summary}[/] over [bold]{request.Euro}[/], for {question.WaitingFor}");
        foreach (var finding in request.Findings)
        {
            console.MarkupLineInterpolated($"  {finding}");
        }

        var prompt = new SelectionPrompt<string>().AddChoices(Approve, Reject, Later);
        return await console.PromptAsync(prompt, cancelled) switch
        {
            Approve => new Decision(true, question.WaitingFor, "Approved in the terminal."),
            Reject => new Decision(false, question.WaitingFor, "Rejected in the terminal."),
            _ => null,
        };
    }
}
