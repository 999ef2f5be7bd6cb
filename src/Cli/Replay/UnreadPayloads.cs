using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Cli.Replay;

/// <summary>Notes what payloads are encoded as where nothing was said of how to read them: then a run that fails may be
/// read wrongly, and the code be right.</summary>
internal sealed class UnreadPayloads
{
    private readonly SortedSet<string> _encodings = new(StringComparer.Ordinal);

    /// <returns>The run as it is.</returns>
    public ValueTask<RecordedRun> LookAtAsync(RecordedRun run, CancellationToken cancelled)
    {
        _encodings.UnionWith(
            HistoryPayloads.Of(run.History.Events).Select(HistoryPayloads.ForeignEncoding).OfType<string>());
        return new(run);
    }

    /// <summary>What to do; null when all can be read.</summary>
    public string? Advice => _encodings.Count == 0
        ? null
        : $"Payloads are encoded as {string.Join(", ", _encodings.Select(name => $"'{name}'"))}, which the SDK does "
            + "not read by itself: give --converter with the class of the build that does, or --codec-endpoint with a "
            + "server that does.";
}
