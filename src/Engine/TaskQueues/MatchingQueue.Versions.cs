using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <content>Which worker version gets what. Tasks that no state pins wait in two heaps, the current version's and the
/// ramping one's: naming another version for either costs nothing, however many tasks wait.</content>
internal sealed partial class MatchingQueue
{
    private readonly VersionSeat _unversioned;
    private readonly Backlog _current;
    private Backlog? _ramping;
    private Dictionary<DeploymentVersion, VersionSeat>? _versions;

    /// <summary>No version was ever here: one heap, and it is the unversioned workers'.</summary>
    private bool IsPlain => _versions is null && _ramping is null;

    /// <summary>Where tasks go that are not pinned.</summary>
    public QueueRouting Routing { get; private set; }

    /// <summary>Routes anew. Only when the share of the ramping version changed are tasks looked at that wait here.</summary>
    public void Route(QueueRouting routing, TimeSpan now)
    {
        var before = Routing;
        Routing = routing;
        var isIndependent = Key.Type == TaskQueueType.Activity
            && !before.Members.SetEquals(routing.Members);
        if (before.Percentage == routing.Percentage && (before.Ramping is null) == (routing.Ramping is null)
            && !isIndependent)
        {
            return;
        }

        foreach (var task in Backlogs().SelectMany(backlog => backlog.TakeAll()).ToList())
        {
            BacklogOf(task, now).TryAdd(task);
        }
    }

    /// <summary>The version whose workers a task goes to now; null for workers without one.</summary>
    public DeploymentVersion? TargetOf(string workflowId, in TaskRoute route) =>
        IsPinned(route) ? route.Version : Routing.TargetOf(workflowId, route.UsesRamping);

    /// <summary>The side of a version, for a description; null when nobody of it was ever seen here.</summary>
    public VersionSeat? FindSeat(DeploymentVersion? version) =>
        version is not { } known ? _unversioned : _versions?.GetValueOrDefault(known);

    public IEnumerable<VersionSeat> Seats()
    {
        yield return _unversioned;
        if (_versions is null)
        {
            yield break;
        }

        foreach (var seat in _versions.Values)
        {
            yield return seat;
        }
    }

    /// <summary>All polls that wait, in order for each version.</summary>
    public IEnumerable<Poller> Waiting()
    {
        foreach (var seat in Seats())
        {
            for (var poller = seat.Waiting.First; poller is not null; poller = poller.Next)
            {
                yield return poller;
            }
        }
    }

    /// <summary>All heaps of tasks.</summary>
    public IEnumerable<Backlog> Backlogs()
    {
        yield return _current;
        if (_ramping is not null)
        {
            yield return _ramping;
        }

        if (_versions is null)
        {
            yield break;
        }

        foreach (var seat in _versions.Values)
        {
            yield return seat.Pinned;
        }
    }

    /// <summary>The heaps that a version's pollers take from.</summary>
    public IEnumerable<Backlog> BacklogsOf(VersionSeat seat)
    {
        if (seat.Pinned.Count > 0)
        {
            yield return seat.Pinned;
        }

        if (seat.Version == Routing.Current)
        {
            yield return _current;
        }

        if (_ramping is not null && seat.Version == Routing.Ramping)
        {
            yield return _ramping;
        }
    }

    private VersionSeat SeatOf(Poller poller, TimeSpan now) =>
        Key.IsSticky || poller.Runs is not { } version ? _unversioned : SeatOf(version, now);

    private VersionSeat SeatOf(in TaskReference task, TimeSpan now) =>
        Key.IsSticky || TargetOf(task.Run.WorkflowId, task.Route) is not { } version
            ? _unversioned
            : SeatOf(version, now);

    private VersionSeat SeatOf(DeploymentVersion version, TimeSpan now)
    {
        _versions ??= [];
        if (!_versions.TryGetValue(version, out var seat))
        {
            _versions.Add(version, seat = new VersionSeat(version, _fairness, now));
        }

        return seat;
    }

    private Backlog BacklogOf(in TaskReference task, TimeSpan now)
    {
        if (Key.IsSticky)
        {
            return _current;
        }

        if (IsPinned(task.Route))
        {
            return SeatOf(task.Route.Version!.Value, now).Pinned;
        }

        return Routing.Ramps(task.Run.WorkflowId, task.Route.UsesRamping)
            ? _ramping ??= new Backlog(_fairness)
            : _current;
    }

    /// <summary>An activity of a pinned run whose queue the version's workers do not poll is nobody's there: it goes
    /// where the queue's own routing says.</summary>
    private bool IsPinned(in TaskRoute route) => route is { IsPinned: true, Version: { } version }
        && (Key.Type == TaskQueueType.Workflow || Routing.Members.Contains(version));

    /// <summary>The heap whose next task a version's poller gets: the most urgent, then the oldest. Null when none is
    /// ready.</summary>
    private Backlog? NextFor(VersionSeat seat, TimeSpan now)
    {
        if (IsPlain)
        {
            return Routing.Current is null && _current.HasReady(now) ? _current : null;
        }

        Backlog? best = null;
        TaskReference first = default;
        foreach (var backlog in BacklogsOf(seat))
        {
            if (backlog.HasReady(now) && backlog.TryPeek(out var task) && (best is null || Precedes(task, first)))
            {
                (best, first) = (backlog, task);
            }
        }

        return best;
    }

    private TimeSpan? UntilReadyFor(VersionSeat seat, TimeSpan now)
    {
        TimeSpan? least = null;
        foreach (var backlog in BacklogsOf(seat))
        {
            if (backlog.Count > 0 && backlog.UntilReady(now) is { } wait && !(least <= wait))
            {
                least = wait;
            }
        }

        return least;
    }

    private static bool Precedes(in TaskReference task, in TaskReference other)
    {
        var (mine, others) = (Backlog.PriorityOf(task), Backlog.PriorityOf(other));
        return mine != others ? mine < others : task.ScheduledAt < other.ScheduledAt;
    }
}
