using System.Text;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Worker.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Workers;

/// <summary>The workers that say they are alive, by their heartbeats. In memory only: after a restart they say so
/// again within a minute. Thread-safe.</summary>
internal sealed class WorkerRegistry(TimeProvider time)
{
    /// <summary>How many workers are remembered; those silent for longest make room.</summary>
    public const int MaxWorkers = 10_000;

    private const byte TokenMark = 1;
    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(NamespaceId Namespace, string Key), Entry> _workers = [];
    private readonly long _origin = time.GetTimestamp();

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Takes note of heartbeats. One that says it has shut down is the worker's last.</summary>
    public void Record(NamespaceId ns, IEnumerable<WorkerHeartbeat> heartbeats)
    {
        lock (_gate)
        {
            foreach (var heartbeat in heartbeats)
            {
                var key = (ns, heartbeat.WorkerInstanceKey);
                if (heartbeat.Status == WorkerStatus.Shutdown)
                {
                    _workers.Remove(key);
                    continue;
                }

                if (!_workers.ContainsKey(key))
                {
                    MakeRoom();
                }

                _workers[key] = new Entry(heartbeat, Now);
            }
        }
    }

    /// <summary>A worker says goodbye: it is not listed any more.</summary>
    public void ShutDown(NamespaceId ns, string workerInstanceKey)
    {
        lock (_gate)
        {
            _workers.Remove((ns, workerInstanceKey));
        }
    }

    /// <summary>What a worker said last; a refusal when it is not known or has been silent for five minutes.</summary>
    public (DescribeWorkerResponse? Reply, Rejection? Rejection) Describe(NamespaceId ns, string workerInstanceKey)
    {
        lock (_gate)
        {
            return _workers.TryGetValue((ns, workerInstanceKey), out var entry) && IsAlive(entry)
                ? (new DescribeWorkerResponse { WorkerInfo = new WorkerInfo { WorkerHeartbeat = entry.Heartbeat } }, null)
                : (null, Rejection.NotFound($"Worker {workerInstanceKey} not found"));
        }
    }

    /// <summary>One page of the workers of a namespace that a query picks, in the order of their keys.</summary>
    public (ListWorkersResponse? Reply, Rejection? Rejection) List(NamespaceId ns, ListWorkersRequest request)
    {
        if (!TryReadToken(request.NextPageToken, out var after))
        {
            return (null, Rejection.InvalidArgument("invalid next_page_token"));
        }

        if (!WorkerFilter.Parse(request.Query).TryGet(out var filter, out var rejection))
        {
            return (null, rejection);
        }

        var found = Find(ns, heartbeat =>
            string.CompareOrdinal(heartbeat.WorkerInstanceKey, after) > 0 && filter.Picks(heartbeat));
        var size = request.PageSize > 0 ? Math.Min(request.PageSize, found.Count) : found.Count;
        var response = new ListWorkersResponse();
        foreach (var heartbeat in found.Take(size))
        {
            response.Workers.Add(WorkerSummary.Of(heartbeat));
            // Older clients still read the whole heartbeat from the list.
            response.WorkersInfo.Add(new WorkerInfo { WorkerHeartbeat = heartbeat });
        }

        if (size < found.Count)
        {
            response.NextPageToken = TokenAfter(found[size - 1].WorkerInstanceKey);
        }

        return (response, null);
    }

    /// <summary>How many workers of a namespace a query picks.</summary>
    public (CountWorkersResponse? Reply, Rejection? Rejection) Count(NamespaceId ns, CountWorkersRequest request) =>
        WorkerFilter.Parse(request.Query).TryGet(out var filter, out var rejection)
            ? (new CountWorkersResponse { Count = Find(ns, filter.Picks).Count }, null)
            : (null, rejection);

    private List<WorkerHeartbeat> Find(NamespaceId ns, Func<WorkerHeartbeat, bool> picks)
    {
        List<WorkerHeartbeat> alive;
        lock (_gate)
        {
            alive = [.. _workers
                .Where(worker => worker.Key.Namespace == ns && IsAlive(worker.Value))
                .Select(worker => worker.Value.Heartbeat)];
        }

        return [.. alive.Where(picks).OrderBy(heartbeat => heartbeat.WorkerInstanceKey, StringComparer.Ordinal)];
    }

    private bool IsAlive(Entry entry) => Now - entry.Seen <= Alive;

    private void MakeRoom()
    {
        if (_workers.Count < MaxWorkers)
        {
            return;
        }

        foreach (var (key, entry) in _workers)
        {
            if (!IsAlive(entry))
            {
                _workers.Remove(key);
            }
        }

        if (_workers.Count >= MaxWorkers)
        {
            _workers.Remove(_workers.MinBy(worker => (worker.Value.Seen, worker.Key.Key)).Key);
        }
    }

    private static ByteString TokenAfter(string key) =>
        ByteString.CopyFrom([TokenMark, .. Encoding.UTF8.GetBytes(key)]);

    private static bool TryReadToken(ByteString token, out string after)
    {
        after = token.Length > 1 ? Encoding.UTF8.GetString(token.Span[1..]) : "";
        return token.IsEmpty || (token.Length > 1 && token[0] == TokenMark);
    }

    private sealed record Entry(WorkerHeartbeat Heartbeat, TimeSpan Seen);
}
