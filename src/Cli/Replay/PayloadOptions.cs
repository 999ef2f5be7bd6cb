using System.CommandLine;
using System.CommandLine.Parsing;
using AugmentedOS.Workflows.Replay;
using Temporalio.Converters;

namespace AugmentedOS.Cli.Replay;

/// <summary>How payloads are read that are encrypted or encoded: by the build's own converter, or by a codec
/// server.</summary>
internal sealed class PayloadOptions
{
    private readonly Option<string?> _converter = new("--converter")
    {
        Description =
            "The class of the build that reads the payloads: a DataConverter, an IPayloadConverter or an IPayloadCodec "
            + "that is made without arguments, or one with a public static property of type DataConverter",
        HelpName = "CLASS",
    };

    private readonly Option<string?> _endpoint = new("--codec-endpoint")
    {
        Description = "A codec server that decodes the payloads; {namespace} stands for the namespace. "
            + "Default: TEMPORAL_CODEC_ENDPOINT",
        HelpName = "URL",
    };

    private readonly Option<string?> _auth = new("--codec-auth")
    {
        Description =
            "The Authorization header for the codec server; better in TEMPORAL_CODEC_AUTH, where other processes do "
            + "not see it",
        HelpName = "VALUE",
    };

    private readonly Option<string[]> _headers = new("--codec-header")
    {
        Description = "A header for the codec server; may be given again",
        HelpName = "NAME=VALUE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_converter);
        command.Options.Add(_endpoint);
        command.Options.Add(_auth);
        command.Options.Add(_headers);
        command.Validators.Add(Check);
    }

    /// <exception cref="ReplayException">The build has no such class, or it cannot be made.</exception>
    public DataConverter Converter(ParseResult parsed, WorkflowBuild build) =>
        parsed.GetValue(_converter) is { } name ? build.ConverterOf(name) : DataConverter.Default;

    /// <summary>Whether anything was said of how payloads are read.</summary>
    public bool AreRead(ParseResult parsed) => parsed.GetValue(_converter) is not null || Endpoint(parsed) is not null;

    /// <returns>Null when there is none.</returns>
    /// <exception cref="ReplayException"><c>TEMPORAL_CODEC_ENDPOINT</c> is no address.</exception>
    public CodecServer? Server(ParseResult parsed, string ns)
    {
        if (Endpoint(parsed) is not { } endpoint)
        {
            return null;
        }

        if (!IsAddress(endpoint))
        {
            throw new ReplayException($"TEMPORAL_CODEC_ENDPOINT: {NoAddress(endpoint)}");
        }

        var headers = (parsed.GetValue(_headers) ?? []).Select(Split).ToList();
        if ((parsed.GetValue(_auth)
            ?? Environment.GetEnvironmentVariable("TEMPORAL_CODEC_AUTH")) is { Length: > 0 } auth)
        {
            headers.Add(new("Authorization", auth));
        }

        return new CodecServer(endpoint, ns, headers);
    }

    private string? Endpoint(ParseResult parsed) =>
        (parsed.GetValue(_endpoint)
            ?? Environment.GetEnvironmentVariable("TEMPORAL_CODEC_ENDPOINT")) is { Length: > 0 } endpoint
            ? endpoint
            : null;

    private void Check(CommandResult result)
    {
        if (result.GetValue(_endpoint) is { } endpoint && !IsAddress(endpoint))
        {
            result.AddError(NoAddress(endpoint));
        }

        foreach (var header in result.GetValue(_headers) ?? [])
        {
            if (header.IndexOf('=', StringComparison.Ordinal) < 1)
            {
                result.AddError($"'{header}' is no header: give NAME=VALUE.");
            }
        }
    }

    private static KeyValuePair<string, string> Split(string header)
    {
        var at = header.IndexOf('=', StringComparison.Ordinal);
        return new(header[..at], header[(at + 1)..]);
    }

    private static bool IsAddress(string endpoint) =>
        Uri.TryCreate(
            endpoint.Replace("{namespace}", "ns", StringComparison.Ordinal), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static string NoAddress(string endpoint) =>
        $"'{endpoint}' is no codec server: give an address such as https://codec.example/v1.";
}
