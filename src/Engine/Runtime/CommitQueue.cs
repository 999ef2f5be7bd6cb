using AugmentedOS.Engine.Storage;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Runtime;

/// <summary>
/// The group commit: one writer makes everything that waits durable in one transaction, then lets the effects out.
/// </summary>
/// <remarks>
/// While one commit waits for the disk the next batch gathers by itself. When a commit fails, everything decided on
/// top of it is void: the generation moves on, and items of the old one are refused until their shard has reloaded.
/// </remarks>
internal sealed partial class CommitQueue
{
    private const int MaxBatch = 1024;
    private readonly IJournal _journal;
    private readonly EngineHealth _health;
    private readonly PersistenceInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Mailbox<CommitItem> _mailbox;
    private readonly List<IJournalWrite> _writes = [];
    private readonly List<CommitItem> _current = [];
    private int _generation;

    public CommitQueue(
        IJournal journal,
        IWorkScheduler scheduler,
        EngineHealth health,
        PersistenceInstruments instruments,
        TimeProvider time,
        ILogger<CommitQueue> logger)
    {
        _journal = journal;
        _health = health;
        _instruments = instruments;
        _time = time;
        _logger = logger;
        _mailbox = new Mailbox<CommitItem>(scheduler, MaxBatch, Commit);
    }

    /// <summary>A commit failed: every shard drops its memory and reloads. The argument is the new generation.</summary>
    public event Action<int>? GenerationChanged;

    /// <summary>How many items wait for the disk.</summary>
    public int Waiting => _mailbox.Count;

    public void Enqueue(CommitItem item) => _mailbox.Post(item);

    /// <summary>Makes one write durable that concerns no run.</summary>
    /// <returns>Null when it is durable, else why it is not.</returns>
    public Task<Rejection?> WriteAsync(IJournalWrite write)
    {
        var settled = new TaskCompletionSource<Rejection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new WriteCommit(write, settled.SetResult));
        return settled.Task;
    }

    private void Commit(IReadOnlyList<CommitItem> batch)
    {
        _writes.Clear();
        _current.Clear();
        foreach (var item in batch)
        {
            if (item.Generation is { } generation && generation != _generation)
            {
                item.Settle(Overtaken);
                continue;
            }

            _current.Add(item);
            if (item.Write is { } write)
            {
                _writes.Add(write);
            }
        }

        var failure = TryCommit();
        foreach (var item in _current)
        {
            item.Settle(failure);
        }

        if (failure is not null)
        {
            _generation++;
            GenerationChanged?.Invoke(_generation);
        }
    }

    private Rejection? TryCommit()
    {
        if (_writes.Count == 0)
        {
            return null;
        }

        try
        {
            var began = _time.GetTimestamp();
            _journal.Commit(_writes);
            _instruments.Committed(_writes.Count, _time.GetElapsedTime(began));
            _health.StorageWorks();
            return null;
        }
        catch (JournalException exception)
        {
            _instruments.Failed();
            LogCommitFailed(_logger, _writes.Count, exception);
            _health.StorageFails(exception.Message);
            return Rejection.Unavailable($"The engine cannot write to its database right now: {exception.Message}");
        }
    }

    private static Rejection Overtaken { get; } =
        Rejection.Unavailable("An earlier write failed and the engine is reloading. Try again.");

    [LoggerMessage(Level = LogLevel.Error, Message = "A commit of {Count} writes failed; nothing of it was written.")]
    private static partial void LogCommitFailed(ILogger logger, int count, Exception exception);
}
