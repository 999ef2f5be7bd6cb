using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>A spec, ready to say when: calendars and intervals together, less what is excluded, between start and end, with
/// jitter. Immutable.</summary>
internal sealed class CompiledSpec
{
    /// <summary>How many excluded times in a row are looked at before it counts as never: a day of seconds, and more.
    /// </summary>
    private const int MostExcludedInARow = 200_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Instant Epoch = new(0);

    private readonly List<ZonedCalendar> _calendars;
    private readonly List<ZonedCalendar> _exclusions;
    private readonly List<(long Every, long Phase)> _intervals;
    private readonly TimeSpan _jitter;
    private readonly Instant _start;
    private readonly Instant _end;

    private CompiledSpec(ScheduleSpec canonical, ScheduleZone zone)
    {
        Canonical = canonical;
        _calendars = [.. canonical.StructuredCalendar.Select(calendar => new ZonedCalendar(calendar, zone))];
        _exclusions = [.. canonical.ExcludeStructuredCalendar.Select(calendar => new ZonedCalendar(calendar, zone))];
        _intervals = [.. canonical.Interval.Select(interval => (
            Math.Max((long)interval.Interval.OrZero().TotalSeconds, 1),
            Math.Max((long)interval.Phase.OrZero().TotalSeconds, 0)))];
        _jitter = canonical.Jitter.OrZero();
        _start = canonical.StartTime is { } start ? Instant.From(start) : Epoch;
        _end = canonical.EndTime is { } end ? Instant.From(end) : Instant.MaxValue;
    }

    /// <summary>The spec in the form in which it is kept and shown. Not to be changed.</summary>
    public ScheduleSpec Canonical { get; }

    /// <summary>Compiles any spec, or says what is wrong with it.</summary>
    public static Validated<CompiledSpec> Compile(ScheduleSpec spec)
    {
        if (!SpecCanon.Of(spec).TryGet(out var canonical, out var rejection))
        {
            return rejection;
        }

        return FindZone(canonical, out var zone) is { } problem
            ? SpecCanon.Refuse(problem)
            : new CompiledSpec(canonical, zone);
    }

    /// <summary>Compiles a spec that was accepted once. A time zone that this machine no longer knows is taken as UTC:
    /// whoever kept the schedule going may move it.</summary>
    public static CompiledSpec Restore(ScheduleSpec canonical) =>
        new(canonical, FindZone(canonical, out var zone) is null ? zone : ScheduleZone.Utc);

    /// <summary>The first time that matches after a time; null when there is none.</summary>
    /// <param name="seed">Of the jitter.</param>
    /// <param name="isOverExcluded">Whether it was given up, because far too many times in a row are excluded.</param>
    public ScheduleTime? Next(string seed, Instant after, out bool isOverExcluded)
    {
        isOverExcluded = false;
        after = Floor(Later(after, _start + -Second));
        for (var looked = 0; looked < MostExcludedInARow; looked++)
        {
            if (NextNominal(after) is not { } nominal || nominal > _end || YearOf(nominal) > CalendarField.LastYear)
            {
                return null;
            }

            if (Exclusion(nominal) is not { } exclusion)
            {
                return new ScheduleTime(nominal, nominal + Jitter.Of(seed, nominal, MostJitter(nominal)));
            }

            after = exclusion.MatchesUntil(nominal) + -Second;
        }

        isOverExcluded = true;
        return null;
    }

    public ScheduleTime? Next(string seed, Instant after) => Next(seed, after, out _);

    /// <summary>Jitter never goes beyond the next time.</summary>
    private TimeSpan MostJitter(Instant nominal)
    {
        if (_jitter <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        return NextNominal(nominal) is { } following && following - nominal < _jitter ? following - nominal : _jitter;
    }

    private Instant? NextNominal(Instant after)
    {
        if (YearOf(after) > CalendarField.LastYear)
        {
            return null;
        }

        Instant? next = null;
        foreach (var calendar in _calendars)
        {
            next = Earlier(next, calendar.Next(after));
        }

        var seconds = Math.DivRem(after.Ticks, TimeSpan.TicksPerSecond).Quotient;
        foreach (var (every, phase) in _intervals)
        {
            var count = (long)Math.Floor((decimal)(seconds - phase) / every) + 1;
            next = Earlier(next, new Instant(((count * every) + phase) * TimeSpan.TicksPerSecond));
        }

        return next;
    }

    private ZonedCalendar? Exclusion(Instant nominal) => _exclusions.Find(calendar => calendar.Matches(nominal));

    private static string? FindZone(ScheduleSpec spec, out ScheduleZone zone)
    {
        if (!spec.TimezoneData.IsEmpty)
        {
            return TimeZoneData.TryRead(spec.TimezoneData.Span, out zone!)
                ? null
                : "malformed time zone information";
        }

        return ScheduleZone.TryFind(spec.TimezoneName, out zone!) ? null : $"unknown time zone {spec.TimezoneName}";
    }

    private static Instant Floor(Instant at)
    {
        var over = at.Ticks % TimeSpan.TicksPerSecond;
        return new Instant(at.Ticks - (over < 0 ? over + TimeSpan.TicksPerSecond : over));
    }

    private static int YearOf(Instant at) => at.ToDateTimeOffset().Year;

    private static Instant Later(Instant left, Instant right) => left > right ? left : right;

    private static Instant? Earlier(Instant? left, Instant? right) =>
        left is null || (right is not null && right < left) ? right : left;
}
