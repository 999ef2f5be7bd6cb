using System.Collections.Concurrent;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>What the engine acknowledged of one workflow. It may hold more, never less.</summary>
internal sealed class TallyRecord(string id)
{
    public const int Steps = 3;
    public const int SignalCount = 3;
    public const int UpdateCount = 2;

    private readonly ConcurrentQueue<string> _signals = new();
    private readonly ConcurrentQueue<string> _updates = new();
    private volatile string? _runId;
    private volatile bool _isHandedBack;

    public string Id => id;

    /// <summary>Null until the start was acknowledged.</summary>
    public string? RunId => _runId;

    public string HandedBack => $"handed back to {id}";

    /// <summary>The completion from outside was acknowledged.</summary>
    public bool IsHandedBack => _isHandedBack;

    /// <summary>The signals acknowledged so far.</summary>
    public IReadOnlyList<string> Signals => [.. _signals];

    /// <summary>The updates whose completion was acknowledged so far.</summary>
    public IReadOnlyList<string> Updates => [.. _updates];

    public string UpdateAt(int index) => $"{id}/update {index}";

    public void Updated(string value) => _updates.Enqueue(value);

    public string SignalAt(int index) => $"{id}/{index}";

    public void Started(string runId)
    {
        Assert.True(_runId is null || _runId == runId, $"{id} was started twice: {_runId} and {runId}");
        _runId = runId;
    }

    public void Signaled(string value) => _signals.Enqueue(value);

    public void WasHandedBack() => _isHandedBack = true;
}
