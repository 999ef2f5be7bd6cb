using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Roles;
using AugmentedOS.Bench.Scenarios;

const int BadUsage = 2;

var scenarios = new Dictionary<string, Func<Task<Report>>>
{
    ["throughput"] = Throughput.RunAsync,
    ["floor"] = FloorComparison.RunAsync,
    ["latency"] = Latency.RunAsync,
    ["open"] = Open.RunAsync,
    ["history"] = HistoryGrowth.RunAsync,
    ["fanout"] = Fanout.RunAsync,
    ["visibility"] = Visibility.RunAsync,
    ["updates"] = Updates.RunAsync,
    ["start"] = ColdStart.RunAsync,
    ["auth"] = AuthCost.RunAsync,
    ["schedules"] = Schedules.RunAsync,
    ["testenv"] = TestEnvironments.RunAsync,
    ["overhead"] = Overhead.RunAsync,
};

var json = args.Contains("--json");
var words = args.Where(argument => argument != "--json").ToArray();
switch (words)
{
    // What the scenarios start as processes of their own.
    case ["engine", var path]:
        await EngineRole.RunAsync(path);
        return 0;
    case ["floor-server"]:
        await FloorRole.RunAsync();
        return 0;
    case ["worker", var address]:
        await WorkerRole.RunAsync(address);
        return 0;
    case ["hosted-worker", var address, var mode]:
        await HostedWorkerRole.RunAsync(address, mode);
        return 0;
    case [var name] when scenarios.TryGetValue(name, out var scenario):
        (await scenario()).Print(json);
        return 0;
    default:
        Console.Error.WriteLine($"Usage: bench NAME [--json], where NAME is one of {string.Join(", ", scenarios.Keys)}.");
        return BadUsage;
}
