using Temporalio.Client;

namespace AugmentedOS.Samples.FanOuts;

/// <summary>Ten photos are resized, three at a time; one is damaged, and as many as one in ten may be.</summary>
internal static class FanOutSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<AlbumWorkflow>().AddAllActivities(new Photos()),
        async engine =>
        {
            var photos = Enumerable.Range(1, 10).Select(number => $"photo {number}").ToList();
            foreach (var line in await engine.Client.ExecuteWorkflowAsync(
                (AlbumWorkflow workflow) => workflow.RunAsync(photos), SampleEngine.Options("album")))
            {
                await output.WriteLineAsync(line);
            }
        },
        cancellationToken);
}
