using System.Globalization;
using Google.Protobuf.Collections;
using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>Reads what a field of a calendar may hold: <c>*</c>, <c>x</c>, <c>x-z</c>, <c>x/y</c>, <c>x-z/y</c>, and lists
/// of these with commas. Errors are word for word a Temporal server's.</summary>
internal static class RangeText
{
    private const int Sunday = 0;
    private const int OtherSunday = 7;

    /// <summary>Adds the ranges.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Parse(string text, CalendarField field, RepeatedField<CalendarRange> ranges)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            trimmed = field.Default;
        }

        if (trimmed == "*" && field == CalendarField.Year)
        {
            return null;
        }

        foreach (var part in trimmed.Split(','))
        {
            if (ParsePart(part, field, ranges) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static string? ParsePart(string part, CalendarField field, RepeatedField<CalendarRange> ranges)
    {
        if (TakeStep(ref part, field, out var step) is { } wrongStep)
        {
            return wrongStep;
        }

        var (start, end) = (field.Min, field.Max);
        if (part != "*" && ParseBounds(part, field, step is not null, out start, out end) is { } wrong)
        {
            return wrong;
        }

        Add(ranges, field, start, end, step ?? 1);
        return null;
    }

    private static string? TakeStep(ref string part, CalendarField field, out int? step)
    {
        step = null;
        var pieces = part.Split('/');
        if (pieces.Length > 2)
        {
            return $"{field.Name} has too many slashes";
        }

        if (pieces.Length < 2)
        {
            return null;
        }

        if (pieces[1].Length == 0)
        {
            return $"{field.Name} missing step value";
        }

        if (!TryReadNumber(pieces[1], out var read))
        {
            return $"strconv.Atoi: parsing \"{pieces[1]}\": invalid syntax";
        }

        (part, step) = (pieces[0], read);
        return read < 1 ? $"{field.Name} has invalid Step" : null;
    }

    private static string? ParseBounds(string part, CalendarField field, bool hasStep, out int start, out int end)
    {
        (start, end) = (0, 0);
        var bounds = part.Split('-');
        switch (bounds.Length)
        {
            case 1:
                if (!TryReadValue(part, field, field.Min, out start))
                {
                    return $"{field.Name} is not in range [{field.Min}-{field.Max}]";
                }

                // With a step a single value means from there to the end.
                end = hasStep ? field.Max : start;
                return null;
            case 2:
                if (!TryReadValue(bounds[0], field, field.Min, out start))
                {
                    return $"{field.Name} Start is not in range [{field.Min}-{field.Max}]";
                }

                return TryReadValue(bounds[1], field, start, out end)
                    ? null
                    : $"{field.Name} End is before Start or not in range [{field.Min}-{field.Max}]";
            default:
                return $"{field.Name} has too many dashes";
        }
    }

    private static void Add(RepeatedField<CalendarRange> ranges, CalendarField field, int start, int end, int step)
    {
        if (field == CalendarField.DayOfWeek && end == OtherSunday)
        {
            // 7 becomes 0. 0-7 and 1-7 are the whole week; 3-7 needs a Sunday of its own; 3-7/3 does not reach 7.
            var reachesSunday = (OtherSunday - start) % step == 0;
            if (reachesSunday && (step > 1 || start > 1))
            {
                ranges.Add(new CalendarRange { Start = Sunday });
                if (start == OtherSunday)
                {
                    return;
                }
            }

            end = OtherSunday - 1;
        }

        ranges.Add(new CalendarRange { Start = start, End = start == end ? 0 : end, Step = step == 1 ? 0 : step });
    }

    private static bool TryReadValue(string text, CalendarField field, int min, out int value)
    {
        value = 0;
        if (field.Names.Length > 0 && text.Length >= field.ShortestName)
        {
            var named = Array.FindIndex(field.Names, name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));
            if (named >= 0)
            {
                value = named + field.FirstNamed;
                return value >= min && value <= field.Max;
            }
        }

        return TryReadNumber(text, out value) && value >= min && value <= field.Max;
    }

    private static bool TryReadNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
