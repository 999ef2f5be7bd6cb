using AugmentedOS.Samples;

const int BadUsage = 2;

if (args is not [var name] || Samples.Find(name) is not { } sample)
{
    Console.Error.WriteLine("Usage: dotnet run --project samples -- NAME, where NAME is one of:");
    foreach (var known in Samples.All)
    {
        Console.Error.WriteLine($"  {known.Name,-12} {known.Shows}");
    }

    return BadUsage;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
await sample.RunAsync(Console.Out, stop.Token);
return 0;
