using System.CommandLine;
using AugmentedOS.Workflows.Replay;
using Temporalio.Client;
using Temporalio.Common.EnvConfig;
using Temporalio.Exceptions;
using Temporalio.Runtime;

namespace AugmentedOS.Cli.Replay;

/// <summary>What the command line says of the server: over what the environment (<c>TEMPORAL_*</c>) and
/// <c>temporal.toml</c> say.</summary>
internal sealed class ConnectionOptions
{
    private const string DefaultAddress = "localhost:7233";
    private const string DefaultNamespace = "default";

    private readonly Option<string?> _address = new("--address")
    {
        Description = "The server. Default: TEMPORAL_ADDRESS, the profile's, or localhost:7233",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _namespace = new("--namespace", "-n")
    {
        Description = "The namespace. Default: TEMPORAL_NAMESPACE, the profile's, or default",
        HelpName = "NAME",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "A profile of temporal.toml. Default: TEMPORAL_PROFILE",
        HelpName = "NAME",
    };

    private readonly Option<string?> _apiKey = new("--api-key")
    {
        Description = "An API key; better in TEMPORAL_API_KEY, where other processes do not see it",
        HelpName = "KEY",
    };

    private readonly Option<bool> _tls =
        new("--tls") { Description = "Connect with TLS; implied by the options below" };

    private readonly Option<string?> _authority = new("--tls-ca", "--tls-ca-path")
    {
        Description = "The authority that the server's certificate is from, PEM",
        HelpName = "FILE",
    };

    private readonly Option<string?> _certificate = new("--tls-cert", "--tls-cert-path")
    {
        Description = "The client's certificate, PEM",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--tls-key", "--tls-key-path")
    {
        Description = "The client certificate's key, PEM",
        HelpName = "FILE",
    };

    private readonly Option<string?> _serverName = new("--tls-server-name")
    {
        Description = "The name that the server's certificate is for, where it is not the address's",
        HelpName = "NAME",
    };

    /// <summary>What the SDK's core would log of each call and each mismatch is said by the commands
    /// themselves.</summary>
    public static TemporalRuntime Runtime { get; } = new(new TemporalRuntimeOptions
    {
        Telemetry = new TelemetryOptions { Logging = null },
    });

    private Option[] All =>
        [_address, _namespace, _profile, _apiKey, _tls, _authority, _certificate, _key, _serverName];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether an option says which server to ask.</summary>
    public bool Has(Option option) => option != _namespace && All.Contains(option);

    /// <summary>The namespace, where no server is asked.</summary>
    public string NamespaceOf(ParseResult parsed) =>
        parsed.GetValue(_namespace) ?? Environment.GetEnvironmentVariable("TEMPORAL_NAMESPACE") ?? DefaultNamespace;

    /// <summary>Connects a client.</summary>
    /// <exception cref="ReplayException">There is no such server, or a file of certificates cannot be read.</exception>
    public async Task<ITemporalClient> ConnectAsync(ParseResult parsed)
    {
        var address = "the server";
        try
        {
            var options = Read(parsed);
            address = options.TargetHost!;
            return await TemporalClient.ConnectAsync(options).ConfigureAwait(false);
        }
        catch (Exception wrong)
            when (wrong is InvalidOperationException or RpcException or IOException or ArgumentException)
        {
            throw new ReplayException(
                $"Cannot connect to {address}: {wrong.Message} Give --address, --namespace, --tls and --api-key, or "
                + "the environment's TEMPORAL_*.",
                wrong);
        }
    }

    private TemporalClientConnectOptions Read(ParseResult parsed)
    {
        var options = ClientEnvConfig.LoadClientConnectOptions(new() { Profile = parsed.GetValue(_profile) });
        options.Runtime = Runtime;
        options.TargetHost = parsed.GetValue(_address) ?? options.TargetHost ?? DefaultAddress;
        options.Namespace = parsed.GetValue(_namespace) ?? options.Namespace;
        if (parsed.GetValue(_apiKey) is { } key)
        {
            options.ApiKey = key;
            options.Tls ??= new TlsOptions();
        }

        if (parsed.GetValue(_tls) || TlsFiles(parsed).Any(file => file is not null)
            || parsed.GetValue(_serverName) is not null)
        {
            var tls = options.Tls ?? new TlsOptions();
            tls.Disabled = false;
            tls.ServerRootCACert = Content(parsed.GetValue(_authority)) ?? tls.ServerRootCACert;
            tls.ClientCert = Content(parsed.GetValue(_certificate)) ?? tls.ClientCert;
            tls.ClientPrivateKey = Content(parsed.GetValue(_key)) ?? tls.ClientPrivateKey;
            tls.Domain = parsed.GetValue(_serverName) ?? tls.Domain;
            options.Tls = tls;
        }

        return options;
    }

    private IEnumerable<string?> TlsFiles(ParseResult parsed) =>
        [parsed.GetValue(_authority), parsed.GetValue(_certificate), parsed.GetValue(_key)];

    private static byte[]? Content(string? file) => file is null ? null : File.ReadAllBytes(file);
}
