using System.Security.Cryptography;
using System.Text;
using AugmentedOS.Certificates;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary>How <c>aos replay</c> finds and satisfies a server: by options, by the environment, by a profile.</summary>
public sealed class ReplayConnectionTests : IDisposable
{
    private const string Secret = "aos_a-key-of-this-test-alone";

    private static readonly string[] Build =
    [
        "replay", "--assembly", typeof(DeliveryVersions).Assembly.Location, "--class", typeof(DeliveryVersions.First).FullName!,
    ];

    private readonly TestAuthority _authority = new();
    private readonly string _config = Path.GetTempFileName();

    public void Dispose()
    {
        _authority.Dispose();
        File.Delete(_config);
    }

    [Fact]
    public async Task Replay_WhenTheEnvironmentNamesTheServer_AsksItAndExitsWithItsCode()
    {
        await using var engine = await EngineEnvironment.StartAsync(client: new() { Namespace = "orders" });
        await StartDeliveryAsync(engine);

        var found = await AosRun.WithAsync(ServerOf(engine, "orders"), Build);
        var elsewhere = await AosRun.WithAsync(ServerOf(engine, "default"), Build);

        Assert.StartsWith("Replayed 1 run of 1 type", found.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, ExitCode.Usage), (found.Code, elsewhere.Code));
    }

    [Fact]
    public async Task Replay_WhenTheServerAsksForTlsAndAKey_IsLetInWithBothAndNotWithout()
    {
        await using var engine = await StartAsync(AskForAKey, new() { ApiKey = Secret, Tls = Trusting() });
        string[] tls = ["--address", engine.Address, "--tls-ca", _authority.CaFile];

        var let = await RunAsync([.. tls, "--api-key", Secret]);
        var named = await RunAsync([.. tls, "--api-key", Secret, "--tls-server-name", "engine.test"]);
        var misnamed = await RunAsync([.. tls, "--api-key", Secret, "--tls-server-name", "another.test"]);
        var keyless = await RunAsync(tls);
        var plain = await RunAsync("--address", engine.Address);

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (let.Code, named.Code));
        Assert.All([misnamed, keyless, plain], run => Assert.Equal(ExitCode.Usage, run.Code));
        Assert.Contains("--api-key", keyless.Error, StringComparison.Ordinal);
        Assert.StartsWith($"Cannot connect to {engine.Address}", misnamed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenTheServerAsksForAClientCertificate_IsLetInWithOneAndNotWithout()
    {
        var (certificate, key) = _authority.Issue("replayer", "replayer");
        await using var engine = await StartAsync(AskForACertificate, new() { Tls = Trusting(certificate, key) });
        string[] server = ["--address", engine.Address, "--tls-ca-path", _authority.CaFile];
        using var stranger = new TestAuthority();
        var (strange, strangeKey) = stranger.Issue("replayer", "replayer");

        var let = await RunAsync([.. server, "--tls-cert-path", certificate, "--tls-key-path", key]);
        var unproven = await RunAsync(server);
        var unknown = await RunAsync([.. server, "--tls-cert", strange, "--tls-key", strangeKey]);

        Assert.Equal((ExitCode.Ok, ""), (let.Code, let.Error));
        Assert.All([unproven, unknown], run => Assert.Equal(ExitCode.Usage, run.Code));
        Assert.All(
            [unproven, unknown],
            run => Assert.StartsWith($"Cannot connect to {engine.Address}", run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replay_WhenAProfileIsNamed_TakesItsServerItsCertificateAndItsKey()
    {
        var (certificate, key) = _authority.Issue("replayer", "replayer");
        await using var engine = await StartAsync(
            options =>
            {
                AskForACertificate(options);
                AskForAKey(options);
            },
            new() { ApiKey = Secret, Tls = Trusting(certificate, key) });
        await File.WriteAllTextAsync(_config, $"""
            [profile.default]
            address = "localhost:1"
            [profile.production]
            address = "{engine.Address}"
            api_key = "{Secret}"
            [profile.production.tls]
            server_ca_cert_path = "{_authority.CaFile}"
            client_cert_path = "{certificate}"
            client_key_path = "{key}"
            server_name = "engine.test"
            """);
        var config = new Dictionary<string, string> { ["TEMPORAL_CONFIG_FILE"] = _config };

        var let = await AosRun.WithAsync(config, [.. Build, "--profile", "production"]);
        var overridden = await AosRun.WithAsync(config, [.. Build, "--profile", "production", "--api-key", "aos_another"]);
        var other = await AosRun.WithAsync(config, Build);
        var missing = await AosRun.WithAsync(config, [.. Build, "--profile", "staging"]);

        Assert.Equal((ExitCode.Ok, ""), (let.Code, let.Error));
        Assert.All([overridden, other, missing], run => Assert.Equal(ExitCode.Usage, run.Code));
        Assert.StartsWith("Cannot connect to localhost:1", other.Error, StringComparison.Ordinal);
        Assert.Contains("staging", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenTheEnvironmentHasTheKeyAndTheCertificate_IsLetIn()
    {
        var (certificate, key) = _authority.Issue("replayer", "replayer");
        await using var engine = await StartAsync(
            options =>
            {
                AskForACertificate(options);
                AskForAKey(options);
            },
            new() { ApiKey = Secret, Tls = Trusting(certificate, key) });
        var variables = ServerOf(engine, "default");
        variables["TEMPORAL_TLS_SERVER_CA_CERT_PATH"] = _authority.CaFile;
        variables["TEMPORAL_TLS_CLIENT_CERT_PATH"] = certificate;
        variables["TEMPORAL_TLS_CLIENT_KEY_PATH"] = key;

        var keyless = await AosRun.WithAsync(variables, Build);
        variables["TEMPORAL_API_KEY"] = Secret;
        var let = await AosRun.WithAsync(variables, Build);

        Assert.Equal((ExitCode.Ok, ""), (let.Code, let.Error));
        Assert.Equal(ExitCode.Usage, keyless.Code);
    }

    private static Task<AosRun> RunAsync(params string[] options) => AosRun.OfAsync([.. Build, .. options]);

    private static Dictionary<string, string> ServerOf(EngineEnvironment engine, string ns) =>
        new() { ["TEMPORAL_ADDRESS"] = engine.Address, ["TEMPORAL_NAMESPACE"] = ns };

    private static void AskForAKey(WorkflowEngineOptions options) => options.Access.ApiKeys["test"] =
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)))} default:write";

    private void AskForACertificate(WorkflowEngineOptions options) =>
        (options.Tls.ClientCaFile, options.Tls.RequireClientCertificate) = (_authority.CaFile, true);

    private TlsOptions Trusting(string? certificate = null, string? key = null) => new()
    {
        ServerRootCACert = _authority.CaPem,
        ClientCert = certificate is null ? null : File.ReadAllBytes(certificate),
        ClientPrivateKey = key is null ? null : File.ReadAllBytes(key),
    };

    /// <summary>An engine with TLS, and a delivery on it.</summary>
    private async Task<EngineEnvironment> StartAsync(
        Action<WorkflowEngineOptions> ask, TemporalClientConnectOptions client)
    {
        var engine = await EngineEnvironment.StartAsync(
            options =>
            {
                (options.Tls.CertificateFile, options.Tls.KeyFile) = _authority.Issue("engine.test", "engine");
                ask(options);
            },
            client);
        await StartDeliveryAsync(engine);
        return engine;
    }

    private static Task<WorkflowHandle> StartDeliveryAsync(EngineEnvironment engine) =>
        engine.Client.StartWorkflowAsync(DeliveryVersions.Name, [], new("delivery", "nobody"));
}
