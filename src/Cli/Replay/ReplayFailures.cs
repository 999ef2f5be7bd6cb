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
            await error.WriteLineAsync(
                $"The server refused ({refused.Code}): {refused.Message}{AdviceOn(refused.Code)}")
                .ConfigureAwait(false);
            return ExitCode.Usage;
        }
    }

    private static string AdviceOn(RpcException.StatusCode code) => code switch
    {
        RpcException.StatusCode.PermissionDenied or RpcException.StatusCode.Unauthenticated =>
            " Give an --api-key (or TEMPORAL_API_KEY) whose holder may read the namespace.",
        RpcException.StatusCode.NotFound => " Give a --namespace that the server has.",
        _ => "",
    };
}
