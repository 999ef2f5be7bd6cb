using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>Histories at hand.</summary>
internal sealed class GivenHistories(params RecordedRun[] runs) : IHistorySource
{
    public IAsyncEnumerable<RecordedRun> ReadAsync(
        HistorySample sample, IReadOnlyList<string>? builtTypes, CancellationToken cancellationToken) =>
        runs.ToAsyncEnumerable();

    public Task<IReadOnlyDictionary<string, long>> CountOpenRunsOfOtherTypesAsync(
        IReadOnlyList<string> builtTypes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>());
}
