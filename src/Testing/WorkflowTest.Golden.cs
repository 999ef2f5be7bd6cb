using System.Runtime.CompilerServices;
using AugmentedOS.Testing.Golden;
using AugmentedOS.Testing.Histories;
using AugmentedOS.Testing.Replay;
using Temporalio.Client;

namespace AugmentedOS.Testing;

/// <content>Golden histories.</content>
public sealed partial class WorkflowTest
{
    /// <summary>Compares what a workflow did with its golden history, <c>Golden/TestFile.TestName.json</c> beside the
    /// test's source: the code of today has to replay that history, and to do the same things in the same order. With
    /// <c>AOS_UPDATE_GOLDEN=1</c> in the environment the file is written instead.</summary>
    /// <remarks>Of both histories the workflow's decisions count, and signals and updates: not times, ids, payloads,
    /// nor in which order things that ran side by side were completed. A golden history stands for the workflows that
    /// run in production: where it does not replay, they would not go on after a deploy.</remarks>
    /// <param name="name">The file's name without its ending, where a test has several.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    /// <param name="testName">Filled in by the compiler.</param>
    /// <exception cref="WorkflowTestException">There is no golden history; it does not replay; it differs.</exception>
    public async Task MatchesGoldenAsync(
        WorkflowHandle workflow,
        string? name = null,
        [CallerFilePath] string testFile = "",
        [CallerMemberName] string testName = "")
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var file = new GoldenFile(
            testFile, name ?? $"{Path.GetFileNameWithoutExtension(testFile)}.{testName}", workflow.Id);
        var history = await workflow.FetchHistoryAsync().ConfigureAwait(false);
        if (GoldenFile.IsUpdate)
        {
            await file.WriteAsync(history).ConfigureAwait(false);
            return;
        }

        var golden = await file.ReadAsync().ConfigureAwait(false);
        await new RunReplay(_workerOptions, Client).VerifyAsync(golden, $"The golden history '{file.Path}'")
            .ConfigureAwait(false);
        if (HistoryShape.Difference(HistoryShape.Of(golden), HistoryShape.Of(history)) is { } difference)
        {
            throw new WorkflowTestException(
                $"Workflow '{workflow.Id}' does something else than its golden history '{file.Path}':\n{difference}\n"
                + $"If that is meant, write it anew with {GoldenFile.UpdateVariable}=1 and commit "
                + $"it.\n{history.ToText()}");
        }
    }
}
