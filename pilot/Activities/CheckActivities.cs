using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Exchange;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Workflows;
using Temporalio.Activities;

namespace AugmentedOS.Pilot.Activities;

/// <summary>The three checks of a claim. They do not depend on one another.</summary>
internal sealed class CheckActivities(ExpenseDesk desk, PolicyCheck policy, RateTable rates)
{
    /// <returns>The file in which the same purchase was handed in before, or null.</returns>
    [Activity]
    public string? FindEarlierClaim(ClaimRequest request) => desk.FindEarlier(
        Fingerprint.Of(request.Receipt), ActivityExecutionContext.Current.Info.WorkflowId!, request.File);

    [Activity]
    public PolicyVerdict CheckPolicy(Receipt receipt) => policy.Check(receipt);

    /// <returns>The amount in euros, or null when the rate table has no rate.</returns>
    [Activity]
    public Conversion? ConvertToEuro(Receipt receipt) => rates.ToEuro(receipt.Total, receipt.Date);
}
