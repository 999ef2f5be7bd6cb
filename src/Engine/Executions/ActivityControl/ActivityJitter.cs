using System.Buffers.Binary;
using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Executions.ActivityControl;

/// <summary>Spreads what an operator lets go on, so that it does not all go on at once.</summary>
internal static class ActivityJitter
{
    /// <summary>A time between now and the end of the jitter; now when there is none.</summary>
    public static Instant Due(Duration? jitter, DecisionContext context)
    {
        var span = jitter.OrZero();
        if (span <= TimeSpan.Zero)
        {
            return context.Now;
        }

        // Ids are the one source of chance that a decision has; their end is random.
        var drawn = BinaryPrimitives.ReadUInt32BigEndian(context.Ids.Next().ToByteArray().AsSpan(12));
        return context.Now + (span * (drawn / (double)uint.MaxValue));
    }
}
