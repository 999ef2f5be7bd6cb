using System.CommandLine;
using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Cli.Replay;

/// <summary><c>aos replay</c>: tries a new build on recorded histories.</summary>
/// <remarks>Ends with 0 when all that was taken was replayed, with 1 when something was not, and with 2 when the
/// command line was wrong or there was nothing to replay: a gate that tried nothing must not be passed.</remarks>
internal sealed class ReplayCommand
{
    private readonly BuildOptions _build = new();

    private readonly Option<string?> _folder = new("--from")
    {
        Description = "Take the histories from this folder (.json, .pb, each also .gz) and not from a server",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _save = new("--save")
    {
        Description = "Write the histories that were taken into this folder, for --from",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> _json = new("--json") { Description = "The report as JSON, for machines" };

    private readonly SampleOptions _sample = new();

    private readonly ConnectionOptions _connection = new();

    private readonly PayloadOptions _payloads = new();

    private ReplayCommand()
    {
    }

    public static Command Create(TextWriter output, TextWriter error)
    {
        var replay = new ReplayCommand();
        var command = new Command(
            "replay",
            "Replays recorded histories against a new build, and says what a deploy would break. Exit code: 0 when "
            + "all were replayed, 1 when one was not, 2 when the command line is wrong or there is nothing to replay.")
        {
            replay._folder,
            replay._save,
            replay._json,
        };
        replay._build.AddTo(command);
        replay._sample.AddTo(command);
        replay._connection.AddTo(command);
        replay._payloads.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(replay._folder) is not null
                && result.Children.OfType<System.CommandLine.Parsing.OptionResult>()
                    .FirstOrDefault(option => !option.Implicit && replay._connection.Has(option.Option)) is { } server)
            {
                result.AddError(
                    $"--from takes histories from a folder, {server.Option.Name} from a server: give one of them.");
            }
        });
        command.SetAction((parsed, cancelled) => ReplayFailures.ReportAsync(
            () => replay.RunAsync(parsed, output, error, cancelled), error));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancelled)
    {
        var build = _build.Load(parsed);
        var converter = _payloads.Converter(parsed, build);
        var (source, ns) = await SourceAsync(parsed).ConfigureAwait(false);
        using var server = _payloads.Server(parsed, ns);
        var unread = new UnreadPayloads();
        var options = new HistoryReplayOptions
        {
            DataConverter = converter,
            Decode = server is not null ? server.DecodeAsync : _payloads.AreRead(parsed) ? null : unread.LookAtAsync,
            Namespace = ns,
            SaveTo = parsed.GetValue(_save),
            Runtime = ConnectionOptions.Runtime,
        };
        var report = await HistoryReplay.RunAsync(build, source, _sample.Read(parsed), options, cancelled)
            .ConfigureAwait(false);
        await output.WriteAsync(parsed.GetValue(_json) ? ReplayJson.Of(report) : ReplayText.Of(report))
            .ConfigureAwait(false);
        if (!report.IsSuccess && unread.Advice is { } advice)
        {
            await error.WriteLineAsync(advice).ConfigureAwait(false);
        }

        return await EndAsync(report, error).ConfigureAwait(false);
    }

    private async Task<(IHistorySource Source, string Namespace)> SourceAsync(ParseResult parsed)
    {
        if (parsed.GetValue(_folder) is { } folder)
        {
            return (new FolderHistories(folder), _connection.NamespaceOf(parsed));
        }

        var client = await _connection.ConnectAsync(parsed).ConfigureAwait(false);
        return (new ServerHistories(client), client.Options.Namespace);
    }

    private static async Task<int> EndAsync(ReplayReport report, TextWriter error)
    {
        if (report.Runs.Count > 0)
        {
            return report.IsSuccess ? ExitCode.Ok : ExitCode.Failed;
        }

        await error.WriteLineAsync(
            "Nothing was replayed: there is no history of the build's workflow types in the sample. Give another "
            + "--type, --status or --since, or another --address, --namespace or --from.").ConfigureAwait(false);
        return ExitCode.Usage;
    }
}
