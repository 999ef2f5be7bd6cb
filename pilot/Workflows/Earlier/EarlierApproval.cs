using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Workflows.Approvals;
using Temporalio.Workflows;

namespace AugmentedOS.Pilot.Workflows.Earlier;

/// <summary>
/// Asks a person for a claim that began before claims did so themselves. This folder goes with the patch, once no such
/// claim is open: <c>aos patches</c> says when.
/// </summary>
[Workflow(TypeName)]
internal sealed class EarlierApproval
{
    public const string TypeName = "Approval";

    private readonly EarlierRequest _request;
    private MessageKind _said = MessageKind.Request;
    private EarlierDecision? _decision;

    [WorkflowInit]
    public EarlierApproval(EarlierRequest request) => _request = request;

    [WorkflowRun]
    public async Task<EarlierDecision> RunAsync(EarlierRequest request)
    {
        (MessageKind, TimeSpan)[] steps =
        [
            (MessageKind.Request, request.Pace.RemindAfter),
            (MessageKind.Reminder, request.Pace.EscalateAfter),
            (MessageKind.Escalation, request.Pace.GiveUpAfter),
        ];
        foreach (var (kind, patience) in steps)
        {
            _said = kind;
            await TellAsync(kind);
            if (await Workflow.WaitConditionAsync(() => _decision is not null, patience))
            {
                return _decision!;
            }
        }

        return new EarlierDecision(false, "Nobody", "The time for a decision is over.");
    }

    /// <summary>As claims answer now, so that whoever decides needs to know of one way only.</summary>
    [WorkflowSignal($"{ReceiptClaim.ApprovalName}.decide")]
    public Task HearAsync(ApprovalAnswer answer) => DecideAsync(
        new EarlierDecision(answer.Verdict is ApprovalVerdict.Approve, answer.By, answer.Comment ?? ""));

    [WorkflowSignal]
    public Task DecideAsync(EarlierDecision decision)
    {
        _decision ??= decision;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public Question Question()
    {
        var isEscalated = _said is MessageKind.Escalation;
        string[] deciders = isEscalated ? [_request.Approver, _request.Manager] : [_request.Approver];
        var status = new ApprovalStatus(
            ReceiptClaim.ApprovalName,
            deciders,
            1,
            [],
            Reminders: _said is MessageKind.Request ? 0 : 1,
            EscalatedAt: isEscalated ? Workflow.UtcNow : null);
        return new Question(_request.Subject, _request.Summary, _request.Euro, _request.Findings, status);
    }

    /// <summary>What such a claim does: it waits for its child.</summary>
    public static async Task<ApprovalDecision> AskAsync(EarlierRequest request)
    {
        var decision = await Workflow.ExecuteChildWorkflowAsync(
            (EarlierApproval approval) => approval.RunAsync(request), new() { Id = $"{request.Subject}/approval" });
        var verdict = decision.Approved ? ApprovalVerdict.Approve : ApprovalVerdict.Reject;
        return new ApprovalDecision(decision.By, verdict, Workflow.UtcNow, decision.Comment);
    }

    private Task TellAsync(MessageKind kind)
    {
        var question = Question();
        var message = new Message(kind, question.WaitingFor, Wording.OfQuestion(kind, question));
        return Workflow.ExecuteActivityAsync(
            (DeskActivities desk) => desk.Notify(_request.Subject, message), new Steps(_request.Pace).Ordinary);
    }
}
