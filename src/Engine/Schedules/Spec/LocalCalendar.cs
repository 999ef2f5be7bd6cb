using Google.Protobuf.Collections;
using Temporalio.Api.Schedule.V1;
using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>A calendar on a wall clock that runs steadily: which times it matches, and which comes next.</summary>
internal sealed class LocalCalendar(StructuredCalendarSpec spec)
{
    private readonly FieldSet _seconds = FieldSet.Of(spec.Second);
    private readonly FieldSet _minutes = FieldSet.Of(spec.Minute);
    private readonly FieldSet _hours = FieldSet.Of(spec.Hour);
    private readonly FieldSet _days = FieldSet.Of(spec.DayOfMonth);
    private readonly FieldSet _months = FieldSet.Of(spec.Month);
    private readonly FieldSet _weekdays = FieldSet.Of(spec.DayOfWeek);
    private readonly SortedSet<int>? _years = Years(spec.Year);

    /// <summary>Whether no time of any day can match.</summary>
    public bool IsEmpty =>
        _seconds.IsEmpty || _minutes.IsEmpty || _hours.IsEmpty || _days.IsEmpty || _months.IsEmpty || _weekdays.IsEmpty;

    public bool Matches(DateTime local) =>
        Matches(DateOnly.FromDateTime(local))
        && _hours.Contains(local.Hour) && _minutes.Contains(local.Minute) && _seconds.Contains(local.Second);

    /// <summary>How long after a time that matches everything else matches too: the rest of its day, hour or minute.
    /// </summary>
    public TimeSpan RestOfMatch(DateTime local)
    {
        if (!_seconds.IsFull(60))
        {
            return TimeSpan.FromSeconds(1);
        }

        var minute = TimeSpan.FromSeconds(60 - local.Second);
        if (!_minutes.IsFull(60))
        {
            return minute;
        }

        var hour = minute + TimeSpan.FromMinutes(59 - local.Minute);
        return _hours.IsFull(24) ? hour + TimeSpan.FromHours(23 - local.Hour) : hour;
    }

    /// <summary>The first match that is not before a time; null when there is none to the end of the last year.</summary>
    public DateTime? From(DateTime local)
    {
        var date = DateOnly.FromDateTime(local);
        if (Matches(date) && TimeFrom(local.Hour, local.Minute, local.Second) is { } today)
        {
            return date.ToDateTime(today);
        }

        return DateFrom(date.AddDays(1)) is { } next && TimeFrom(0, 0, 0) is { } first ? next.ToDateTime(first) : null;
    }

    /// <summary>The first matching day that is not before a day; null when there is none.</summary>
    public DateOnly? DateFrom(DateOnly from)
    {
        var (year, month, day) = (from.Year, from.Month, from.Day);
        for (; year <= CalendarField.LastYear; (year, month, day) = (year + 1, 1, 1))
        {
            if (_years?.Contains(year) == false)
            {
                continue;
            }

            for (var next = _months.From(month); next != FieldSet.None; next = _months.From(next + 1))
            {
                var first = next == month ? day : 1;
                if (DayFrom(year, next, first) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private bool Matches(DateOnly date) =>
        _months.Contains(date.Month) && _days.Contains(date.Day) && _weekdays.Contains((int)date.DayOfWeek)
        && _years?.Contains(date.Year) != false;

    private DateOnly? DayFrom(int year, int month, int first)
    {
        var last = DateTime.DaysInMonth(year, month);
        for (var day = _days.From(first); day != FieldSet.None && day <= last; day = _days.From(day + 1))
        {
            var date = new DateOnly(year, month, day);
            if (_weekdays.Contains((int)date.DayOfWeek))
            {
                return date;
            }
        }

        return null;
    }

    private TimeOnly? TimeFrom(int hour, int minute, int second)
    {
        var h = _hours.From(hour);
        if (h == hour)
        {
            var m = _minutes.From(minute);
            if (m == minute && _seconds.From(second) is not FieldSet.None and var s)
            {
                return new TimeOnly(h, m, s);
            }

            m = m == minute ? _minutes.From(minute + 1) : m;
            if (m != FieldSet.None)
            {
                return new TimeOnly(h, m, _seconds.From(0));
            }

            h = _hours.From(hour + 1);
        }

        return h == FieldSet.None ? null : new TimeOnly(h, _minutes.From(0), _seconds.From(0));
    }

    private static SortedSet<int>? Years(RepeatedField<CalendarRange> ranges) =>
        ranges.Count == 0 ? null : [.. ranges.SelectMany(RangeValues.Of)];
}
