namespace AugmentedOS.Fuzz;

/// <summary>Damages bytes: flips some, cuts the end, repeats a part.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        var damaged = (byte[])bytes.Clone();
        switch (random.Next(3))
        {
            case 0:
                for (var left = random.Next(1, 4); left > 0; left--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                return damaged;
            case 1:
                return damaged[..random.Next(damaged.Length)];
            default:
                var from = random.Next(damaged.Length);
                return [.. damaged, .. damaged.AsSpan(from, Math.Min(64, damaged.Length - from))];
        }
    }
}
