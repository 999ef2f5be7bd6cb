using AugmentedOS.Bench.Roles;
using AugmentedOS.Bench.Scenarios;

var json = args.Contains("--json");
var words = args.Where(argument => argument != "--json").ToArray();
switch (words)
{
    case ["engine", var path]:
        await EngineRole.RunAsync(path);
        return 0;
    case ["worker", var address]:
        await WorkerRole.RunAsync(address);
        return 0;
    case ["throughput"]:
        (await Throughput.RunAsync()).Print(json);
        return 0;
    default:
        Console.Error.WriteLine("Usage: bench NAME [--json]");
        return 2;
}
