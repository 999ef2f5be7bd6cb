namespace AugmentedOS.Workflows.Replay;

/// <summary>Where histories come from.</summary>
public interface IHistorySource
{
    /// <summary>Reads the histories that a sample asks for. Those of types that the build does not have may be among
    /// them where they cost nothing; they are reported, and not replayed.</summary>
    /// <param name="sample">Which ones.</param>
    /// <param name="builtTypes">The workflow types of the build; null when it takes any type (a dynamic
    /// workflow).</param>
    /// <exception cref="ReplayException">They cannot be read; the message says what to do.</exception>
    IAsyncEnumerable<RecordedRun> ReadAsync(
        HistorySample sample, IReadOnlyList<string>? builtTypes, CancellationToken cancellationToken);

    /// <summary>How many runs go on whose type the build does not have, by type: whoever deploys it in the place of all
    /// workers leaves them without one.</summary>
    Task<IReadOnlyDictionary<string, long>> CountOpenRunsOfOtherTypesAsync(
        IReadOnlyList<string> builtTypes, CancellationToken cancellationToken);
}
