using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Progress;
using AugmentedOS.Pilot.Run;
using Spectre.Console;

const int Failed = 1;
const int Interrupted = 130;
const int WidthOfAFile = 160;

var console = AnsiConsole.Console;
if (Console.IsOutputRedirected)
{
    console.Profile.Width = WidthOfAFile;
}

return await new PilotCommand().Root(RunAsync).Parse(args).InvokeAsync();

async Task<int> RunAsync(PilotOptions options, CancellationToken cancelled)
{
    try
    {
        await new PilotRun(options, console, StyleFor(options)).RunAsync(cancelled);
        return 0;
    }
    catch (PilotFailedException problem)
    {
        Console.Error.WriteLine(problem.Message);
        return Failed;
    }
    catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
    {
        Console.Error.WriteLine("Stopped. The same command goes on where this one stopped.");
        return Interrupted;
    }
}

static ProgressStyle StyleFor(PilotOptions options) => options.Approver switch
{
    ApproverKind.Ask => ProgressStyle.Quiet,
    _ when Console.IsOutputRedirected => ProgressStyle.Lines,
    _ => ProgressStyle.Live,
};
