using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What is durable: it outlives the journals that are opened on it, as a file outlives its process.</summary>
internal sealed class SimulatedDisk
{
    /// <summary>By number, so that every listing has one order.</summary>
    public SortedDictionary<long, SimulatedRun> Runs { get; } = [];

    public SortedDictionary<Guid, byte[]> Namespaces { get; } = [];

    /// <summary>By number.</summary>
    public SortedDictionary<long, StoredEntity> Entities { get; } = [];

    /// <summary>How many commits were made durable.</summary>
    public int Commits { get; private set; }

    public SimulatedRun? Find(WorkflowKey workflow, RunId? run) => Runs.Values.LastOrDefault(candidate =>
        candidate.Key.Workflow == workflow && (run is null || candidate.Key.Run == run));

    public void Apply(SimulatedTransaction transaction)
    {
        foreach (var entry in transaction.Entries)
        {
            if (!Runs.TryGetValue(entry.RunNumber, out var run))
            {
                run = new SimulatedRun(entry.RunNumber, entry.After.Key);
                Runs.Add(entry.RunNumber, run);
            }

            run.Append(entry);
        }

        foreach (var number in transaction.Deletions)
        {
            Runs.Remove(number);
        }

        foreach (var (id, info) in transaction.Namespaces)
        {
            Namespaces[id] = info;
        }

        foreach (var row in transaction.Entities)
        {
            if (row.State is { } state)
            {
                Entities[row.Number] = new StoredEntity(row.Key, row.Number, row.Version, state);
            }
            else
            {
                Entities.Remove(row.Number);
            }
        }

        Commits++;
    }
}

/// <summary>What one commit will change, gathered first: a commit that fails on the way has changed nothing.</summary>
internal sealed class SimulatedTransaction : IJournalTransaction
{
    public List<JournalEntry> Entries { get; } = [];

    public List<long> Deletions { get; } = [];

    public Dictionary<Guid, byte[]> Namespaces { get; } = [];

    public List<EntityRow> Entities { get; } = [];

    public void Append(JournalEntry entry) => Entries.Add(entry);

    public void Delete(RunKey run, long runNumber) => Deletions.Add(runNumber);

    public void Save(NamespaceInfo ns) => Namespaces[ns.Id.Value] = NamespaceCodec.Encode(ns);

    public void Save(EntityRow row) => Entities.Add(row);
}
