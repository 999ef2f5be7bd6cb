using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Receipts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Activities;

/// <summary>Moves money in the two services. The claim's id is the idempotency key throughout.</summary>
internal sealed class BookingActivities(BudgetService budget, LedgerConnection ledger)
{
    /// <summary>The type of the failure that no retry mends.</summary>
    public const string PostingRefused = nameof(PostingRefused);

    [Activity]
    public ReservationAnswer Reserve(string claimId, string costCentre, Money euro) =>
        budget.Reserve(claimId, costCentre, euro);

    [Activity]
    public void Release(string claimId) => budget.Release(claimId);

    /// <returns>The number of the posting.</returns>
    /// <exception cref="ApplicationFailureException">The ledger refused it, and will refuse it again.</exception>
    [Activity]
    public long Post(Posting posting)
    {
        var answer = ledger.Post(posting, ActivityExecutionContext.Current.Info.Attempt);
        return answer.Number
            ?? throw new ApplicationFailureException(answer.Refusal!, errorType: PostingRefused, nonRetryable: true);
    }
}
