using AugmentedOS.Workflows.Polling;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Polling;

internal sealed class Bank(TextWriter output)
{
    private const int ClearedAtAttempt = 4;

    [Activity]
    public async Task<string> ReceiptAsync(string payment)
    {
        var attempt = ActivityExecutionContext.Current.Info.Attempt;
        await output.WriteLineAsync($"Asked {attempt} times");
        return attempt >= ClearedAtAttempt ? $"{payment} is cleared" : throw Poll.NotYet($"the receipt of {payment}");
    }
}
