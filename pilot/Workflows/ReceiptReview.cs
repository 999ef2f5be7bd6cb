using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Extraction;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>
/// One file from the inbox, from reading it to the last message about it. Every receipt in it is a claim of its own.
/// </summary>
[Workflow]
internal sealed class ReceiptReview
{
    private readonly ReviewRequest _request;
    private readonly Steps _steps;
    private ExtractionResult? _extracted;
    private int _settled;

    [WorkflowInit]
    public ReceiptReview(ReviewRequest request)
    {
        _request = request;
        _steps = new Steps(request.Pace);
    }

    [WorkflowRun]
    public async Task<ReviewReport> RunAsync(ReviewRequest request)
    {
        _extracted = await Workflow.ExecuteActivityAsync(
            (IntakeActivities intake) => intake.ReadFile(request), _steps.Ordinary);

        // One claim that waits for a person, or for good, holds up no other.
        var claims = _extracted.Receipts.Select(SettleAsync).ToList();
        var rejected = TurnAwayAsync(_extracted.Rejections);

        await Workflow.WhenAllAsync([.. claims, rejected]);
        return new ReviewReport(
            request.Name, [.. claims.Select(claim => claim.Result).OfType<ClaimOutcome>()], _extracted.Rejections);
    }

    [WorkflowQuery]
    public ReviewStatus Status() => new(
        _request.Name,
        _extracted is not null,
        _extracted?.Receipts.Count ?? 0,
        _extracted?.Rejections.Count ?? 0,
        _settled);

    /// <returns>Null when the claim failed for good: it waits in the parking lot, and is retried there.</returns>
    private async Task<ClaimOutcome?> SettleAsync(ExtractedReceipt found, int index)
    {
        var request = new ClaimRequest(_request.Name, found.Line, found.Receipt, _request.Pace);
        try
        {
            var outcome = await Workflow.ExecuteChildWorkflowAsync(
                (ReceiptClaim claim) => claim.RunAsync(request),
                new() { Id = ClaimId.OfReceipt(Workflow.Info.WorkflowId, index) });
            _settled++;
            return outcome;
        }
        catch (ChildWorkflowFailureException parked) when (!TemporalException.IsCanceledException(parked))
        {
            return null;
        }
    }

    private async Task TurnAwayAsync(IReadOnlyList<Rejection> rejections)
    {
        if (rejections.Count > 0)
        {
            await Workflow.ExecuteActivityAsync(
                (DeskActivities desk) => desk.TurnAway(_request.Name, rejections), _steps.Ordinary);
        }
    }
}
