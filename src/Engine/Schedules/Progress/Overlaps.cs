using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Schedules.Progress;

/// <summary>Decides by the overlap policies which of the buffered actions start now, which wait and which are skipped.
/// </summary>
internal sealed class Overlaps
{
    private static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(5);
    private readonly Instant _now;
    private readonly bool _isOccupied;
    private readonly bool _isRunning;
    private readonly List<BufferedStart> _kept = [];
    private readonly List<BufferedStart> _overlapping = [];
    private ScheduleState _state;
    private BufferedStart? _exclusive;
    private ActionEnding _ending;
    private bool _isDropped;

    private Overlaps(ScheduleState state, Instant now)
    {
        (_state, _now) = (state, now);
        _isRunning = state.Actions.Any(action => action is { IsRunning: true, IsExclusive: true });

        // What is on its way counts as running: it cannot be stopped yet, and nothing may overtake it.
        _isOccupied = _isRunning || state.Buffer.Any(start => start is { IsWaiting: false, IsExclusive: true });
    }

    public static ScheduleState Resolve(ScheduleState state, Instant now)
    {
        var isDropped = true;
        while (isDropped && state.Buffer.Any(start => start.IsWaiting))
        {
            // What was dropped on the threshold was in the way of what waits behind it.
            var overlaps = new Overlaps(state, now);
            state = overlaps.Resolve();
            isDropped = overlaps._isDropped;
        }

        return state;
    }

    private ScheduleState Resolve()
    {
        foreach (var start in _state.Buffer)
        {
            if (start.IsWaiting)
            {
                Place(start);
            }
            else
            {
                _kept.Add(start);
            }
        }

        foreach (var start in _overlapping)
        {
            Begin(start, isExclusive: false);
        }

        if (_exclusive is { } exclusive)
        {
            Begin(exclusive, isExclusive: true);
        }

        return _state with
        {
            Buffer = [.. _kept.OrderBy(start => start.Sequence)],
            Actions = _ending == ActionEnding.None ? _state.Actions : [.. _state.Actions.Select(End)],
        };
    }

    private void Place(BufferedStart start)
    {
        var policy = _state.Resolve(start.Overlap);
        if (policy == ScheduleOverlapPolicy.AllowAll)
        {
            _overlapping.Add(start);
            return;
        }

        if (!_isOccupied && _exclusive is null)
        {
            _exclusive = start;
            return;
        }

        switch (policy)
        {
            case ScheduleOverlapPolicy.BufferOne when !_kept.Any(kept => kept.IsWaiting):
            case ScheduleOverlapPolicy.BufferAll:
                _kept.Add(start);
                break;
            case ScheduleOverlapPolicy.CancelOther:
                Displace(start, ActionEnding.Cancel);
                break;
            case ScheduleOverlapPolicy.TerminateOther:
                Displace(start, ActionEnding.Terminate);
                break;
            default:
                Count(counters => counters with { OverlapSkipped = counters.OverlapSkipped + 1 });
                break;
        }
    }

    /// <summary>Takes the place of what was to start, or waits for what runs to end as it is told to. Only the newest
    /// waits like that.</summary>
    private void Displace(BufferedStart start, ActionEnding ending)
    {
        if (!_isOccupied)
        {
            _exclusive = start;
            return;
        }

        _kept.RemoveAll(kept => kept.IsWaiting && _state.Resolve(kept.Overlap)
            is ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther);
        _kept.Add(start);
        if (_isRunning && ending > _ending)
        {
            _ending = ending;
        }
    }

    private StartedAction End(StartedAction action) =>
        action is { IsRunning: true, IsExclusive: true } && action.Ending < _ending
            ? action with { Ending = _ending }
            : action;

    /// <summary>Lets it start, unless it is too late for it or the schedule may not act any more.</summary>
    private void Begin(BufferedStart start, bool isExclusive)
    {
        if (!start.IsManual && !_state.MayAct)
        {
            _isDropped = true;
            return;
        }

        if (IsExpired(_state, start, _now))
        {
            _isDropped = true;
            Count(counters => counters with { MissedCatchup = counters.MissedCatchup + 1 });
            return;
        }

        if (!start.IsManual && _state.HasLimitedActions)
        {
            // An update that somebody prepares from what was before would put it back.
            _state = _state with
            {
                RemainingActions = _state.RemainingActions - 1,
                ConflictToken = _state.ConflictToken + 1,
            };
        }

        _kept.Add(start with { Attempt = 1, IsExclusive = isExclusive });
    }

    /// <summary>Whether its catch-up window is over. Manual actions have none.</summary>
    public static bool IsExpired(ScheduleState state, BufferedStart start, Instant now)
    {
        var grace = state.CatchupWindow > ShortestGrace ? state.CatchupWindow : ShortestGrace;
        return !start.IsManual && now > start.Due + grace;
    }

    private void Count(Func<ScheduleCounters, ScheduleCounters> change) =>
        _state = _state with { Counters = change(_state.Counters) };
}
