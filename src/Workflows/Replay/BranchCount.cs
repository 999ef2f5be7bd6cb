using System.Collections.Concurrent;
using AugmentedOS.Workflows.Versioning;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Counts the histories that led through each branch of each patch: by what the code asked while it was
/// replayed and, of patches that are no <see cref="WorkflowPatch"/>, by the marks that they left.</summary>
internal sealed class BranchCount(WorkflowBuild build)
{
    private readonly SortedDictionary<string, (int New, int Old)> _histories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deprecated = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<PatchDecision> _decisions = [];
    private string _workflowId = "";

    public IDisposable Listen()
    {
        PatchDecisions.Made += Note;
        return new Listening(this);
    }

    /// <summary>A history is about to be replayed.</summary>
    public void Begin(RecordedRun run)
    {
        _workflowId = run.WorkflowId;
        _decisions.Clear();
    }

    /// <summary>It was replayed.</summary>
    public void Add(RecordedRun run)
    {
        var decisions = _decisions.ToArray();
        _deprecated.UnionWith(decisions.Where(made => made.Applied is null).Select(made => made.PatchId));
        var applied = decisions.Where(made => made.Applied != false).Select(made => made.PatchId)
            .Concat(PatchMarker.ReadAll(run.History).Select(marker => marker.PatchId))
            .Distinct(StringComparer.Ordinal);
        foreach (var patch in applied)
        {
            var (taken, old) = _histories.GetValueOrDefault(patch);
            _histories[patch] = (taken + 1, old);
        }

        foreach (var patch in decisions.Where(made => made.Applied == false).Select(made => made.PatchId).Distinct())
        {
            var (taken, old) = _histories.GetValueOrDefault(patch);
            _histories[patch] = (taken, old + 1);
        }
    }

    public IReadOnlyList<PatchCoverage> Coverage() =>
    [
        .. build.Patches.Select(patch => patch.Id).Union(_histories.Keys).Order(StringComparer.Ordinal).Select(patch =>
            new PatchCoverage(
                patch,
                _histories.GetValueOrDefault(patch).New,
                _histories.GetValueOrDefault(patch).Old,
                _deprecated.Contains(patch),
                build.Patches.Any(declared => declared.Id == patch))),
    ];

    // Others in this process may replay at the same time.
    private void Note(PatchDecision decision)
    {
        if (decision.WorkflowId == _workflowId)
        {
            _decisions.Enqueue(decision);
        }
    }

    private sealed class Listening(BranchCount count) : IDisposable
    {
        public void Dispose() => PatchDecisions.Made -= count.Note;
    }
}
