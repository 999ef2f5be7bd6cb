namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>
/// The engine against a seeded world: random inputs, clock jumps, a disk that fills, crashes at any commit.
/// </summary>
/// <remarks>AOS_SIMULATION_SEEDS sets how many worlds (1,000 when not set); AOS_SIMULATION_SEED runs just that one.</remarks>
public sealed class SimulationTests
{
    private const int DefaultSeeds = 1000;
    private const int SeedsForACensus = 500;

    [Fact]
    public void World_WhenAnythingMayHappen_KeepsTheInvariants()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("AOS_SIMULATION_SEED"), out var only))
        {
            Run(only);
            return;
        }

        var seeds = int.TryParse(Environment.GetEnvironmentVariable("AOS_SIMULATION_SEEDS"), out var count)
            ? count
            : DefaultSeeds;
        var crashes = 0;
        var census = new Census();
        Exception? failed = null;
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            try
            {
                var world = Run(seed);
                Interlocked.Add(ref crashes, world.Crashes);
                census.Take(world);
            }
            catch (Xunit.Sdk.XunitException failure)
            {
                Interlocked.CompareExchange(ref failed, failure, null);
                loop.Stop();
            }
        });

        Assert.True(failed is null, failed?.Message);
        Assert.True(crashes > seeds / 10, $"Only {crashes} crashes in {seeds} worlds: the disk is too kind to prove anything.");
        Assert.True(seeds < SeedsForACensus || !census.Missing().Any(), $"Never: {string.Join(", ", census.Missing())}; but {census}");
    }

    [Fact]
    public void World_WhenTheSeedIsTheSame_IsTheSame()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            Assert.Equal(Run(seed).Digest, Run(seed).Digest);
        }
    }

    private static SimulatedWorld Run(int seed)
    {
        try
        {
            using var world = new SimulatedWorld(seed);
            world.Run();
            return world;
        }
        catch (Exception failure)
        {
            throw new Xunit.Sdk.XunitException($"Seed {seed} (AOS_SIMULATION_SEED={seed}): {failure}");
        }
    }
}
