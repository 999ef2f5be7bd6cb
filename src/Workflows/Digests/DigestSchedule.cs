namespace AugmentedOS.Workflows.Digests;

/// <summary>When a digest is sent: at a time of day in a time zone, on some days.</summary>
/// <remarks>A time that the change to summer time leaves out is sent when clocks have moved; one that comes twice is
/// sent the first time.
/// </remarks>
/// <param name="At">The time of day, there.</param>
/// <param name="TimeZone">An IANA name, <c>Europe/Vienna</c>, that the worker's machine knows.</param>
/// <param name="Days">On which days; every day when null or empty.</param>
public sealed record DigestSchedule(TimeOnly At, string TimeZone = "Etc/UTC", IReadOnlyList<DayOfWeek>? Days = null)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>The next time after this one.</summary>
    /// <param name="after">UTC.</param>
    /// <returns>UTC, later than <paramref name="after"/>.</returns>
    /// <exception cref="TimeZoneNotFoundException">The machine does not know the time zone.</exception>
    public DateTime Next(DateTime after)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(after, zone));
        while (true)
        {
            if (Days is not { Count: > 0 } || Days.Contains(day.DayOfWeek))
            {
                var time = Utc(day.ToDateTime(At), zone);
                if (time > after)
                {
                    return time;
                }
            }

            day = day.AddDays(1);
        }
    }

    internal void Check()
    {
        try
        {
            _ = Next(DateTime.UnixEpoch);
        }
        catch (Exception unknown) when (unknown is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new ArgumentException(
                $"This machine knows no time zone \"{TimeZone}\": use an IANA name, such as Europe/Vienna.",
                nameof(TimeZone), unknown);
        }
    }

    private static DateTime Utc(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local += Step;
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
