using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.FanOuts;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.FanOuts;

[Workflow]
internal sealed class AlbumWorkflow
{
    [WorkflowRun]
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> photos)
    {
        var resized = await FanOut.RunAsync(
            photos,
            // With the token, what is under way ends when too many have failed.
            (photo, cancellationToken) => Workflow.ExecuteActivityAsync(
                (Photos all) => all.Resize(photo),
                RetryPresets.InternalService(options => options.CancellationToken = cancellationToken)),
            new FanOutOptions { MaxParallel = 3, Failures = FanOutFailures.UpToShare(0.1) });
        return [.. resized.Select(each => each.Result ?? $"{each.Item}: {WorkflowError.From(each.Failure!).Message}")];
    }
}
