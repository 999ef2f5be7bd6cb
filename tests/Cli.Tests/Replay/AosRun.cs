using System.Diagnostics;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary>What a run of <c>aos</c> came to.</summary>
internal sealed record AosRun(int Code, string Output, string Error)
{
    /// <summary>Runs it in this process.</summary>
    public static async Task<AosRun> OfAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs it in a process of its own, with variables of its own.</summary>
    public static async Task<AosRun> WithAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aos.exe" : "aos"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }
}
