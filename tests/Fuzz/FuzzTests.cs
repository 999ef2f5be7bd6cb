namespace AugmentedOS.Fuzz;

/// <summary>Every RPC, sent requests that no client would send: none of them is an internal error, none harms the engine.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private const long MostGrowth = 96L * 1024 * 1024;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aos-fuzz");

    private static int Calls => int.Parse(Environment.GetEnvironmentVariable("AOS_FUZZ_CALLS") ?? "200000", null);

    private static int Seed => Environment.GetEnvironmentVariable("AOS_FUZZ_SEED") is { Length: > 0 } given
        ? int.Parse(given, null)
        : Environment.TickCount;

    [Fact]
    public async Task Engine_WhenItIsSentAnything_RefusesOrAnswersAndKeepsItsState()
    {
        var seed = Seed;
        var path = Path.Combine(_folder.FullName, "fuzz.db");
        TestContext.Current.SendDiagnosticMessage($"AOS_FUZZ_SEED={seed}");
        long grown;
        await using (var engine = new FuzzedEngine(path))
        {
            await engine.StartAsync();
            await engine.SendAsync(seed, 0, Calls / 2);
            var half = GC.GetTotalMemory(forceFullCollection: true);
            await engine.SendAsync(seed, Calls / 2, Calls);
            grown = GC.GetTotalMemory(forceFullCollection: true) - half;

            Assert.True(
                engine.Findings.Count == 0 && !engine.Log.Errors.Any(),
                $"AOS_FUZZ_SEED={seed}\n{string.Join("\n\n", engine.Findings)}\n\n{string.Join("\n\n", engine.Log.Errors)}");
            Assert.Null(engine.Problem);
            Report(seed, grown, engine);
        }

        Assert.True(grown < MostGrowth, $"AOS_FUZZ_SEED={seed}: the second half left {grown / 1024 / 1024} MiB behind.");
        var live = SavedRuns.Load(path);
        SavedRuns.ForgetSnapshots(path);
        Assert.Equal(live, SavedRuns.Load(path));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Report(int seed, long grown, FuzzedEngine engine)
    {
        var byCode = engine.Answers.GroupBy(answer => answer.Key.Split(' ')[1])
            .Select(code => $"{code.Key} {code.Sum(answer => answer.Value)}").Order(StringComparer.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {seed}: {engine.RpcCount} RPCs, {grown / 1024} KiB more after the second half; {string.Join(", ", byCode)}");
        var never = engine.Answers.Keys.Select(key => key.Split(' ')[0]).Distinct()
            .Where(rpc => !engine.Answers.ContainsKey($"{rpc} OK")).Order(StringComparer.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine($"never OK: {string.Join(" ", never)}");
    }
}
