using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Resilience;
using Temporalio.Activities;

namespace AugmentedOS.Pilot.Activities;

/// <summary>Moves money in the two services. The claim's id is the idempotency key throughout.</summary>
internal sealed class BookingActivities(BudgetService budget, LedgerConnection ledger)
{
    /// <summary>The code of the failure that no retry mends. Earlier histories have it as the failure's type.</summary>
    public const string PostingRefused = nameof(PostingRefused);

    [Activity]
    public ReservationAnswer Reserve(string claimId, string costCentre, Money euro) =>
        budget.Reserve(claimId, costCentre, euro);

    [Activity]
    public void Release(string claimId) => budget.Release(claimId);

    /// <returns>The number of the posting.</returns>
    /// <exception cref="WorkflowErrorException">The ledger refused it, and will refuse it again.</exception>
    [Activity]
    [Dependency(LedgerConnection.Name)]
    public long Post(Posting posting)
    {
        var answer = ledger.Post(posting, ActivityExecutionContext.Current.Info.Attempt);
        return answer.Number ?? throw Fail.BusinessRule(answer.Refusal!).WithCode(PostingRefused);
    }
}
