namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>Spreads actions: always the same for a schedule and a time, so that what is announced is what happens.</summary>
internal static class Jitter
{
    /// <summary>A whole number of milliseconds, less than <paramref name="most"/>.</summary>
    public static TimeSpan Of(string seed, Instant nominal, TimeSpan most)
    {
        var milliseconds = (ulong)Math.Clamp(most.TotalMilliseconds, 0, uint.MaxValue);
        return TimeSpan.FromMilliseconds((long)((Hash(seed, nominal) * milliseconds) >> 32));
    }

    /// <summary>32 bits of FNV-1a, mixed until each bit depends on each.</summary>
    private static ulong Hash(string seed, Instant nominal)
    {
        const ulong prime = 1099511628211;
        var hash = 14695981039346656037;
        foreach (var character in seed)
        {
            hash = (hash ^ character) * prime;
        }

        hash = (hash ^ (ulong)nominal.Ticks) * prime;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return (hash ^ (hash >> 33)) >> 32;
    }
}
