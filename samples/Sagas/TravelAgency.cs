using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Sagas;

/// <summary>Books and cancels, and writes down what it does. There are no cars in Venice.</summary>
internal sealed class TravelAgency(TextWriter output)
{
    [Activity]
    public async Task BookAsync(string what, string where)
    {
        if ((what, where) is ("car", "Venice"))
        {
            throw Fail.BusinessRule("There are no cars in Venice.");
        }

        await output.WriteLineAsync($"{where}: {what} booked");
    }

    // May be called where nothing was booked, and twice: it has to be fine with both.
    [Activity]
    public async Task CancelAsync(string what, string where) =>
        await output.WriteLineAsync($"{where}: {what} cancelled");
}
