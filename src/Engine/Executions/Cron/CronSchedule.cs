using System.Diagnostics.CodeAnalysis;
using Cronos;

namespace AugmentedOS.Engine.Executions.Cron;

/// <summary>A parsed schedule: five fields, a name such as @hourly, or @every with a duration; in UTC unless it begins
/// with CRON_TZ= or TZ= and a zone.</summary>
/// <remarks>
/// The fields are read by the rules of the parser that Temporal servers use, and found in the calendar by Cronos. So a
/// time that a spring clock change skips runs right after the change, and one that an autumn change repeats runs once.
/// </remarks>
internal sealed class CronSchedule
{
    private const string EveryPrefix = "@every ";
    private readonly TimeSpan _every;
    private readonly IReadOnlyList<CronExpression> _expressions;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(TimeSpan every, IReadOnlyList<CronExpression> expressions, TimeZoneInfo zone)
    {
        _every = every;
        _expressions = expressions;
        _zone = zone;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        schedule = null;
        if (!TryTakeZone(ref text, out var zone))
        {
            return false;
        }

        if (text.StartsWith(EveryPrefix, StringComparison.Ordinal))
        {
            if (!GoDuration.TryParse(text[EveryPrefix.Length..], out var every))
            {
                return false;
            }

            schedule = new CronSchedule(WholeSeconds(every), [], zone);
            return true;
        }

        if (CronFields.Parse(text) is not { } fields)
        {
            return false;
        }

        schedule = new CronSchedule(TimeSpan.Zero, [.. fields.Select(f => CronExpression.Parse(f))], zone);
        return true;
    }

    /// <summary>The first tick after <paramref name="after"/> that is not before <paramref name="notBefore"/>; null
    /// when there is none.</summary>
    public Instant? Next(Instant after, Instant notBefore)
    {
        if (_every > TimeSpan.Zero)
        {
            return NextInterval(after, notBefore);
        }

        var (from, inclusive) = notBefore > after ? (notBefore, true) : (after, false);
        return _expressions
            .Select(e => e.GetNextOccurrence(from.ToDateTimeOffset().UtcDateTime, _zone, inclusive))
            .Where(tick => tick is not null)
            .Select(tick => (Instant?)Instant.From(new DateTimeOffset(tick!.Value)))
            .Min();
    }

    private Instant NextInterval(Instant after, Instant notBefore)
    {
        var onTheSecond = new Instant(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond));
        var first = onTheSecond + _every;
        if (first >= notBefore)
        {
            return first;
        }

        var missed = ((notBefore - first).Ticks + _every.Ticks - 1) / _every.Ticks;
        return first + (_every * missed);
    }

    private static bool TryTakeZone(ref string text, out TimeZoneInfo zone)
    {
        zone = TimeZoneInfo.Utc;
        if (!text.StartsWith("CRON_TZ=", StringComparison.Ordinal) && !text.StartsWith("TZ=", StringComparison.Ordinal))
        {
            return true;
        }

        var name = text.IndexOf('=', StringComparison.Ordinal) + 1;
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        if (end < 0 || !TimeZoneInfo.TryFindSystemTimeZoneById(text[name..end], out var found))
        {
            return false;
        }

        zone = found;
        text = text[end..].Trim();
        return true;
    }

    private static TimeSpan WholeSeconds(TimeSpan every) => every < TimeSpan.FromSeconds(1)
        ? TimeSpan.FromSeconds(1)
        : new TimeSpan(every.Ticks - (every.Ticks % TimeSpan.TicksPerSecond));
}
