using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>Work on this, from where it is.</summary>
internal sealed record RunBatch(BatchState Batch) : EntityEffect(Batch.Key);

/// <summary>Work on this no more.</summary>
internal sealed record EndBatch(BatchState Batch) : EntityEffect(Batch.Key);

/// <summary>Gives each running batch operation somebody who works on it.</summary>
internal sealed class BatchEffects(
    IJournal journal, BatchItems items, EntityServices services, BatchPace pace) : IEntityEffects, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, BatchWorker> _workers = [];
    private EntityHost<BatchState>? _host;

    /// <summary>Where progress is told. Once, before the host starts.</summary>
    public void Connect(EntityHost<BatchState> host) => _host = host;

    public void Carry(EntityEffect effect)
    {
        switch (effect)
        {
            case RunBatch run:
                Run(run.Batch);
                break;
            case EndBatch end:
                End(end.Batch.Incarnation);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var worker in _workers.Values)
            {
                worker.Dispose();
            }

            _workers.Clear();
        }
    }

    /// <summary>After a failed commit memory is what the file says: whoever is at work is replaced by one who begins from
    /// there.</summary>
    private void Run(BatchState batch)
    {
        var worker = new BatchWorker(batch, journal, items, services, pace, _host!, Run);
        lock (_gate)
        {
            End(batch.Incarnation);
            _workers[batch.Incarnation] = worker;
        }

        worker.Begin();
    }

    private void End(Guid incarnation)
    {
        lock (_gate)
        {
            if (_workers.Remove(incarnation, out var worker))
            {
                worker.Dispose();
            }
        }
    }
}
