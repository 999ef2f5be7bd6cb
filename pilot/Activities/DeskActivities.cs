using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Extraction;
using AugmentedOS.Pilot.Workflows;
using Temporalio.Activities;

namespace AugmentedOS.Pilot.Activities;

/// <summary>Keeps the desk's records and sends messages through its outbox.</summary>
internal sealed class DeskActivities(ExpenseDesk desk)
{
    private const string Desk = "expenses@augmented.example";

    /// <summary>Tells an approver about a claim that waits.</summary>
    [Activity]
    public void Notify(string claimId, Message message) => desk.Move(claimId, ClaimStage.Waiting, message);

    /// <summary>Closes a claim and tells its owner what became of it.</summary>
    [Activity]
    public void Settle(ClaimRequest request, ClaimOutcome outcome) => desk.Move(
        ActivityExecutionContext.Current.Info.WorkflowId!,
        outcome.Stage,
        new Message(MessageKind.Outcome, request.Receipt.Employee ?? Desk, Wording.OfOutcome(request, outcome)),
        outcome.Euro?.MinorUnits,
        outcome.Reason);

    /// <summary>Closes what could not become a receipt. Nobody can be named in it, so the desk is told.</summary>
    [Activity]
    public void TurnAway(string file, IReadOnlyList<Rejection> rejections)
    {
        var reviewId = ActivityExecutionContext.Current.Info.WorkflowId!;
        for (var index = 0; index < rejections.Count; index++)
        {
            var rejection = rejections[index];
            var where = rejection.Line is { } line ? $"“{file}”, line {line}" : $"“{file}”";
            desk.Move(
                ClaimId.OfRejection(reviewId, index),
                ClaimStage.Rejected,
                new Message(MessageKind.Outcome, Desk, $"{where} was turned away. {rejection.Reason}"),
                reason: rejection.Reason);
        }
    }
}
