namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Ids from the seed.</summary>
internal sealed class SeededIds(Random random) : IIdSource
{
    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
