using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Policy;

/// <summary>What the rules say about a receipt before anybody knows its amount in euros.</summary>
/// <param name="Category">What it was spent on.</param>
/// <param name="Account">The expense account in the ledger.</param>
/// <param name="ApprovedUpTo">Up to this amount nobody needs to look at it.</param>
/// <param name="Refusal">Why it cannot be paid at all, or null.</param>
/// <param name="Findings">Why a person must look at it whatever the amount.</param>
/// <param name="Approver">Who is asked first.</param>
/// <param name="Manager">Who is asked when the approver does not answer.</param>
internal sealed record PolicyVerdict(
    string Category,
    string Account,
    Money ApprovedUpTo,
    string? Refusal,
    IReadOnlyList<string> Findings,
    string Approver,
    string Manager);

/// <summary>Applies the company's rules. Pure: the same receipt gets the same verdict.</summary>
internal sealed class PolicyCheck(CompanyRules rules)
{
    public PolicyVerdict Check(Receipt receipt)
    {
        var category = CategoryOf(receipt.Merchant);
        return new PolicyVerdict(
            category.Name,
            category.Account,
            Money.Euro((long)(category.ApprovedUpTo * 100m)),
            RefusalOf(receipt),
            [.. FindingsOf(receipt)],
            rules.Approver,
            rules.Manager);
    }

    private ExpenseCategory CategoryOf(string merchant)
    {
        var words = merchant.Split([' ', '-', ',', '.', '/', '&'], StringSplitOptions.RemoveEmptyEntries);
        return rules.Categories.FirstOrDefault(
            category => category.Merchants.Any(name => words.Contains(name, StringComparer.OrdinalIgnoreCase)),
            rules.Categories[^1]);
    }

    private string? RefusalOf(Receipt receipt) =>
        rules.CostCentres.Any(centre => centre.Code == receipt.CostCentre)
            ? null
            : $"There is no cost centre {receipt.CostCentre}.";

    private IEnumerable<string> FindingsOf(Receipt receipt)
    {
        foreach (var word in rules.NeverPaid)
        {
            if (receipt.Purpose?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false)
            {
                yield return $"It mentions “{word}”, which the company does not pay.";
            }
        }

        if (receipt.Date < rules.OldestReceipt)
        {
            yield return $"It is from {receipt.Date:yyyy-MM-dd}, and that year is closed.";
        }
    }
}
