using AugmentedOS.Workflows.Callbacks;
using AugmentedOS.Workflows.Errors;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Callbacks;

[Workflow]
internal sealed class CreditWorkflow
{
    private readonly CallbackDesk _desk = new();

    [WorkflowRun]
    public async Task<string> RunAsync(string customer)
    {
        try
        {
            var verdict = await _desk.RequestAsync<Verdict>(
                request => Workflow.ExecuteActivityAsync(
                    (CreditBureau bureau) => bureau.AskAsync(request, customer), RetryPresets.ExternalApi()),
                timeout: TimeSpan.FromDays(3));
            return $"{customer}: score {verdict.Score}";
        }
        catch (CallbackTimeoutException)
        {
            return $"{customer}: no answer in three days, somebody has to call the bureau";
        }
    }
}
