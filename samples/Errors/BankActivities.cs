using System.Net;
using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Errors;

/// <summary>A bank. What its client throws is translated; what the business means is raised.</summary>
public sealed class BankActivities
{
    public bool IsDown { get; set; }

    [Activity]
    public string Charge(string order)
    {
        if (order == "order-declined")
        {
            throw Fail.BusinessRule($"the issuer declined {order} with code 51")
                .WithCode("card.declined").WithUserMessage("Your bank declined the card. Please use another one.");
        }

        return IsDown
            ? throw new HttpRequestException("the bank does not answer", null, HttpStatusCode.ServiceUnavailable)
            : $"charged {order}";
    }
}
