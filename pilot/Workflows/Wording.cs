using AugmentedOS.Pilot.Desk;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>The texts of the messages that go out.</summary>
internal static class Wording
{
    public static string OfQuestion(MessageKind kind, Question question)
    {
        var opening = kind switch
        {
            MessageKind.Reminder => "A reminder: please decide on",
            MessageKind.Escalation => $"{question.Status.Deciders[0]} has not answered. Please decide on",
            _ => "Please decide on",
        };
        return $"{opening} {question.Summary} over {question.Euro}. {string.Join(' ', question.Findings)}";
    }

    public static string OfOutcome(ClaimRequest request, ClaimOutcome outcome)
    {
        var what = $"{request.Summary} over {request.Receipt.Total} (“{request.File}”)";
        return outcome.Stage switch
        {
            ClaimStage.Posted => $"{what} was booked and will be paid. {outcome.Reason}",
            ClaimStage.Duplicate => $"{what} is not paid a second time. {outcome.Reason}",
            ClaimStage.Failed => $"{what} could not be booked. {outcome.Reason}",
            _ => $"{what} was turned away. {outcome.Reason}",
        };
    }
}
