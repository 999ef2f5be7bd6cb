using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>A calendar in a time zone. It matches every second at which the clock on the wall shows a match: none where a
/// change of the clock skips it, two where it comes twice.</summary>
internal sealed class ZonedCalendar(StructuredCalendarSpec spec, ScheduleZone zone)
{
    /// <summary>More than any wall clock is ahead of UTC.</summary>
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromHours(15);

    private readonly LocalCalendar _local = new(spec);

    public bool Matches(Instant at) => _local.Matches(zone.ToLocal(at));

    /// <summary>A time up to which all seconds match, from one that does; that one's next second at least.</summary>
    public Instant MatchesUntil(Instant at)
    {
        var offset = zone.OffsetAt(at);
        var until = at + _local.RestOfMatch(ScheduleZone.At(at, offset));
        return zone.OffsetAt(until) == offset ? until : at + TimeSpan.FromSeconds(1);
    }

    /// <summary>The first match after a time; null when there is none to the end of the last year.</summary>
    /// <param name="after">A whole second.</param>
    public Instant? Next(Instant after)
    {
        if (_local.IsEmpty)
        {
            return null;
        }

        var from = after + TimeSpan.FromSeconds(1);
        while (true)
        {
            var (offset, until) = zone.StretchAt(from);
            var local = ScheduleZone.At(from, offset);

            // From the day before, because a clock that is set back at midnight shows that day again.
            if (_local.DateFrom(DateOnly.FromDateTime(local).AddDays(-1)) is not { } day)
            {
                return null;
            }

            var earliest = Instant.From(new DateTimeOffset(day.ToDateTime(default), TimeSpan.Zero)) + -FurthestAhead;
            if (earliest > until)
            {
                from = earliest;
                continue;
            }

            if (_local.From(local) is { } match && from + (match - local) is var found && found < until)
            {
                return found;
            }

            from = until;
        }
    }
}
