using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Desk;
using Temporalio.Workflows;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>
/// Asks a person and waits: reminds, escalates, and in the end decides that nobody decided. It knows nothing of
/// receipts, so that any workflow can use it as a child.
/// </summary>
[Workflow]
internal sealed class Approval
{
    private readonly ApprovalRequest _request;
    private readonly Steps _steps;
    private ApprovalState _state = ApprovalState.Asked;
    private Decision? _decision;

    [WorkflowInit]
    public Approval(ApprovalRequest request)
    {
        _request = request;
        _steps = new Steps(request.Pace);
    }

    private string Addressee => _state is ApprovalState.Escalated ? _request.Manager : _request.Approver;

    [WorkflowRun]
    public async Task<Decision> RunAsync(ApprovalRequest request)
    {
        await TellAsync(MessageKind.Request);
        if (await IsDecidedWithinAsync(request.Pace.RemindAfter))
        {
            return _decision!;
        }

        _state = ApprovalState.Reminded;
        await TellAsync(MessageKind.Reminder);
        if (await IsDecidedWithinAsync(request.Pace.EscalateAfter))
        {
            return _decision!;
        }

        _state = ApprovalState.Escalated;
        await TellAsync(MessageKind.Escalation);
        return await IsDecidedWithinAsync(request.Pace.GiveUpAfter) ? _decision! : Decision.ByNobody;
    }

    /// <summary>The first decision counts; a second one, or the same one sent again, changes nothing.</summary>
    [WorkflowSignal]
    public Task DecideAsync(Decision decision)
    {
        _decision ??= decision;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public ApprovalStatus Status() => new(_request, Addressee, _state, _decision);

    private Task<bool> IsDecidedWithinAsync(TimeSpan time) =>
        Workflow.WaitConditionAsync(() => _decision is not null, time);

    private Task TellAsync(MessageKind kind)
    {
        var message = new Message(kind, Addressee, Wording.OfQuestion(kind, _request));
        return Workflow.ExecuteActivityAsync(
            (DeskActivities desk) => desk.Notify(_request.Subject, message), _steps.Ordinary);
    }
}
