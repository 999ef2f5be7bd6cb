using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.TaskQueues;

/// <content>Queries, which wait beside the pollers of the version that may answer them.</content>
internal sealed partial class MatchingQueue
{
    /// <summary>A query takes a waiting poller, or waits for one.</summary>
    public bool TryOffer(OfferedQuery query, TimeSpan now, [NotNullWhen(true)] out Poller? poller)
    {
        _lastUse = now;
        var seat = SeatOf(query, now);
        if (TryTakePoller(seat, now, fromBacklog: false, out poller))
        {
            return true;
        }

        query.Place = seat.Queries.AddLast(query);
        return false;
    }

    public bool TryTakeQuery(Poller poller, TimeSpan now, [NotNullWhen(true)] out OfferedQuery? query)
    {
        var seat = SeatOf(poller, now);
        query = seat.Queries.First?.Value;
        if (query is null || !poller.TryReserve())
        {
            query = null;
            return false;
        }

        Withdraw(query);
        NoteTaken(seat, poller, now, fromBacklog: true);
        return true;
    }

    /// <summary>False when a poller has it already.</summary>
    public static bool Withdraw(OfferedQuery query)
    {
        if (query.Place is not { } place)
        {
            return false;
        }

        place.List!.Remove(place);
        query.Place = null;
        return true;
    }

    /// <summary>Takes all queries out.</summary>
    public IReadOnlyList<OfferedQuery> WithdrawAll()
    {
        var withdrawn = Seats().SelectMany(seat => seat.Queries).ToList();
        withdrawn.ForEach(query => Withdraw(query));
        return withdrawn;
    }

    /// <summary>Whether anybody polled lately who may answer the query.</summary>
    public bool WasPolledWithin(TimeSpan window, string workflowId, in TaskRoute route, TimeSpan now) =>
        FindSeat(Key.IsSticky ? null : TargetOf(workflowId, route))?.WasPolledWithin(window, now) ?? false;

    private VersionSeat SeatOf(OfferedQuery query, TimeSpan now) =>
        Key.IsSticky || TargetOf(query.WorkflowId, query.Route) is not { } version
            ? _unversioned
            : SeatOf(version, now);
}
