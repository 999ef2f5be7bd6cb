using System.Numerics;
using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>The values of a field below 64 that match, as bits.</summary>
internal readonly record struct FieldSet(ulong Bits)
{
    public const int None = -1;

    public static FieldSet Of(IEnumerable<CalendarRange> ranges)
    {
        ulong bits = 0;
        foreach (var value in ranges.SelectMany(RangeValues.Of))
        {
            bits |= 1UL << value;
        }

        return new FieldSet(bits);
    }

    public bool IsEmpty => Bits == 0;

    public bool Contains(int value) => (Bits & (1UL << value)) != 0;

    /// <summary>The first value that is not smaller; <see cref="None"/> when there is none.</summary>
    public int From(int value)
    {
        var rest = value > 63 ? 0 : Bits & (ulong.MaxValue << value);
        return rest == 0 ? None : BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>Whether all values from 0 on match.</summary>
    public bool IsFull(int count) => Bits == (1UL << count) - 1;
}
