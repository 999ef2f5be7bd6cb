using AugmentedOS.Workflows.Replay;
using Temporalio.Exceptions;

namespace AugmentedOS.Cli.Replay;

/// <summary>What went wrong before anything was tried: said on standard error.</summary>
internal static class ReplayFailures
{
    /// <summary>Runs a command; when the build, the histories or the server cannot be read it ends with
    /// <see cref="ExitCode.Usage"/>.</summary>
    public static async Task<int> ReportAsync(Func<Task<int>> run, TextWriter error)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (ReplayException wrong)
        {
            await error.WriteLineAsync(wrong.Message).ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (RpcException refused)
        {
            await error.WriteLineAsync($"The server refused: {refused.Code}: {refused.Message}").ConfigureAwait(false);
            return ExitCode.Usage;
        }
    }
}
