using System.CommandLine;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Client;

namespace AugmentedOS.Cli.Replay;

/// <summary><c>aos patches</c>: the patches that a build declares, what is still open on each, and what may be
/// done.</summary>
internal sealed class PatchesCommand
{
    private readonly BuildOptions _build = new();

    private readonly ConnectionOptions _connection = new();

    private readonly Option<bool> _closed = new("--closed")
    {
        Description = "Closed runs count like open ones, as long as they are kept: for those that are queried or reset",
    };

    private readonly Option<bool> _json = new("--json") { Description = "As JSON, for machines" };

    private PatchesCommand()
    {
    }

    public static Command Create(TextWriter output, TextWriter error)
    {
        var patches = new PatchesCommand();
        var command = new Command(
            "patches",
            "Lists the patches that a build declares, with the runs that are open on each, and says which may be "
            + "deprecated or removed. Exit code: 0, or 2 when the build or the server cannot be read.")
        {
            patches._closed,
            patches._json,
        };
        patches._build.AddTo(command);
        patches._connection.AddTo(command);
        command.SetAction((parsed, cancelled) => ReplayFailures.ReportAsync(
            () => patches.RunAsync(parsed, output, cancelled), error));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancelled)
    {
        var build = _build.Load(parsed);
        ITemporalClient client = await _connection.ConnectAsync(parsed).ConfigureAwait(false);
        var usages = await new PatchRegistry(client, build.Patches)
            .InspectAsync(new PatchInspection { CountClosedRuns = parsed.GetValue(_closed) }, cancelled)
            .ConfigureAwait(false);
        await output.WriteAsync(parsed.GetValue(_json) ? ReplayJson.Of(usages) : PatchesText.Of(build.Name, usages))
            .ConfigureAwait(false);
        return ExitCode.Ok;
    }
}
