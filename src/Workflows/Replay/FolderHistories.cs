using System.Runtime.CompilerServices;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Histories of a folder and the folders in it (<see cref="HistoryFile"/>).</summary>
/// <param name="folder">The folder.</param>
public sealed class FolderHistories(string folder) : IHistorySource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedRun> ReadAsync(
        HistorySample sample,
        IReadOnlyList<string>? builtTypes,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var taken = new Dictionary<(string Type, bool IsOpen), int>();
        foreach (var file in Files())
        {
            var run = await HistoryFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
            var kind = (run.WorkflowType, run.IsOpen);
            if (sample.Wants(run) && taken.GetValueOrDefault(kind) < sample.PerType)
            {
                taken[kind] = taken.GetValueOrDefault(kind) + 1;
                yield return run;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>None: what is in the folder is no count of what is open on a server.</remarks>
    public Task<IReadOnlyDictionary<string, long>> CountOpenRunsOfOtherTypesAsync(
        IReadOnlyList<string> builtTypes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>());

    // The latest first, as a server lists them.
    private IEnumerable<string> Files()
    {
        if (!Directory.Exists(folder))
        {
            throw new ReplayException($"There is no folder '{folder}'. Give the folder that holds the history files.");
        }

        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(HistoryFile.IsHistory)
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .ThenBy(file => file, StringComparer.Ordinal);
    }
}
