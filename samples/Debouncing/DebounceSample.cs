using AugmentedOS.Workflows.Debouncing;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Debouncing;

/// <summary>A document is saved again and again; its index is made once it has been quiet for a minute.</summary>
internal static class DebounceSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddDebouncing().AddAllActivities(new SearchIndex(output)),
        async engine =>
        {
            var quiet = new DebounceOptions(Quiet: TimeSpan.FromMinutes(1), AtLatest: TimeSpan.FromMinutes(10));
            var index = new ActionTarget(nameof(SearchIndex.Index), SampleEngine.TaskQueue, TimeSpan.FromSeconds(30));
            for (var version = 1; version <= 4; version++)
            {
                await engine.Client.DebounceAsync("document/7", version, quiet, index);
            }

            await engine.Client.GetWorkflowHandle("aos.debounce/document/7").GetResultAsync();
        },
        cancellationToken);
}

internal sealed class SearchIndex(TextWriter output)
{
    [Activity]
    public void Index(IReadOnlyList<int> versions) =>
        output.WriteLine($"Indexed version {versions[^1]}, after {versions.Count} saves.");
}
