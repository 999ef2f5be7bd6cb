using Temporalio.Worker;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Replays recorded histories against a build with the SDK's <see cref="WorkflowReplayer"/>: what does not
/// replay would be stuck after a deploy.</summary>
public static class HistoryReplay
{
    /// <summary>Replays what a source has.</summary>
    /// <param name="build">The code.</param>
    /// <param name="source">The histories.</param>
    /// <param name="sample">Which of them; null for a sample of all types of the build.</param>
    /// <param name="options">How; null for a worker without anything special.</param>
    /// <exception cref="ReplayException">The histories cannot be read.</exception>
    public static async Task<ReplayReport> RunAsync(
        WorkflowBuild build,
        IHistorySource source,
        HistorySample? sample = null,
        HistoryReplayOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(source);
        var chosen = sample ?? new HistorySample();
        var session = new ReplaySession(build, options ?? new HistoryReplayOptions());
        IReadOnlyList<string>? builtTypes = build.HasDynamicWorkflow ? null : build.WorkflowTypes;
        await session.ReplayAsync(source.ReadAsync(chosen, builtTypes, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        var others = builtTypes is null || chosen.WorkflowTypes.Count > 0
            ? new Dictionary<string, long>()
            : await source.CountOpenRunsOfOtherTypesAsync(builtTypes, cancellationToken).ConfigureAwait(false);
        return session.Report(others);
    }

    /// <summary>Replays one run.</summary>
    /// <returns>What came of it.</returns>
    /// <exception cref="ReplayException">The build does not have its workflow.</exception>
    public static async Task<ReplayedRun> RunAsync(
        WorkflowBuild build,
        RecordedRun run,
        HistoryReplayOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(run);
        if (!build.Takes(run.WorkflowType))
        {
            throw new ReplayException(
                $"{build.Name} has no workflow '{run.WorkflowType}', so run {run.RunId} of '{run.WorkflowId}' cannot "
                + $"be replayed against it. It has: {string.Join(", ", build.WorkflowTypes)}.");
        }

        var session = new ReplaySession(build, options ?? new HistoryReplayOptions());
        await session.ReplayAsync(new[] { run }.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false);
        return session.Report(new Dictionary<string, long>()).Runs.Single();
    }
}
