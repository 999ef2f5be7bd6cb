using Temporalio.Api.Deployment.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Who polled a queue lately, by identity. Guarded by its queue's lock.</summary>
internal sealed class PollerHistory
{
    private const int MostIdentities = 1000;
    private const double UnlimitedRate = 100_000;

    /// <summary>How long an identity is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private int _pruneAt = 16;

    public void Note(Poller poller, TimeSpan now, Instant wall)
    {
        if (_entries.TryGetValue(poller.Identity, out var known))
        {
            known.Note(poller, now, wall);
            return;
        }

        if (_entries.Count >= _pruneAt)
        {
            Prune(now);
            _pruneAt = Math.Min(Math.Max(16, _entries.Count * 2), MostIdentities);
        }

        if (_entries.Count < MostIdentities)
        {
            var entry = new Entry();
            entry.Note(poller, now, wall);
            _entries.Add(poller.Identity, entry);
        }
    }

    /// <summary>How many were seen lately, give or take those not forgotten yet.</summary>
    public int ApproximateCount => _entries.Count;

    /// <summary>The pollers as <c>DescribeTaskQueue</c> lists them, latest first.</summary>
    public IReadOnlyList<PollerInfo> Describe(TimeSpan now)
    {
        Prune(now);
        return [.. _entries
            .OrderByDescending(entry => entry.Value.Seen)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new PollerInfo
            {
                Identity = entry.Key,
                LastAccessTime = entry.Value.LastAccess.ToTimestamp(),
                RatePerSecond = entry.Value.MaxTasksPerSecond ?? UnlimitedRate,
                DeploymentOptions = entry.Value.Deployment,
            })];
    }

    private void Prune(TimeSpan now)
    {
        foreach (var (identity, entry) in _entries)
        {
            if (now - entry.Seen > Remembered)
            {
                _entries.Remove(identity);
            }
        }
    }

    private sealed class Entry
    {
        public TimeSpan Seen { get; private set; }

        public Instant LastAccess { get; private set; }

        public double? MaxTasksPerSecond { get; private set; }

        public WorkerDeploymentOptions? Deployment { get; private set; }

        public void Note(Poller poller, TimeSpan now, Instant wall)
        {
            Seen = now;
            LastAccess = wall;
            MaxTasksPerSecond = poller.MaxTasksPerSecond ?? MaxTasksPerSecond;
            Deployment = poller.Deployment;
        }
    }
}
