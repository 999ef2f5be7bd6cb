using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>The values that a range of a calendar field stands for.</summary>
internal static class RangeValues
{
    /// <summary>From the start, step by step, to the end; the start alone when the end is not after it.</summary>
    public static IEnumerable<int> Of(CalendarRange range)
    {
        var step = Math.Max(range.Step, 1);

        // A step has no upper limit, so the value after the last may be none of an int.
        for (long value = range.Start; value <= Math.Max(range.End, range.Start); value += step)
        {
            yield return (int)value;
        }
    }
}
