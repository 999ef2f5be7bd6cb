using System.Security.Cryptography;
using System.Text;
using AugmentedOS.Certificates;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Testing.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>The official client where callers have to prove who they are.</summary>
public sealed class SecurityTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task Tls_WhenTheAuthorityIsKnown_CarriesAWholeWorkflow()
    {
        using var engine = await StartAsync(WithTls);
        var client = await ConnectAsync(engine, Tls());

        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("q").AddWorkflow<StartTests.InfoWorkflow>());
        var info = await worker.ExecuteAsync(() => client.ExecuteWorkflowAsync(
            (StartTests.InfoWorkflow workflow) => workflow.RunAsync(), new("tls", "q")));

        Assert.Equal(1, info.Attempt);
        await AssertNotConnectedAsync(engine, null);
        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task MutualTls_WhenRequired_LetsInWhoBringsACertificate()
    {
        using var engine = await StartAsync(options =>
        {
            WithTls(options);
            options.Tls.ClientCaFile = _authority.CaFile;
            options.Tls.RequireClientCertificate = true;
        });
        using var stranger = new TestAuthority();

        Assert.NotNull(await ConnectAsync(engine, Tls(_authority.Issue("client", "client"))));
        await AssertNotConnectedAsync(engine, Tls());
        await AssertNotConnectedAsync(engine, Tls(stranger.Issue("client", "client")));
        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Certificate_WhenItsSubjectHasPermissions_StandsForThem()
    {
        using var engine = await StartAsync(options =>
        {
            WithTls(options);
            options.Tls.ClientCaFile = _authority.CaFile;
            options.Access.Certificates["reader"] = "default:read";
        });
        var reader = await ConnectAsync(engine, Tls(_authority.Issue("reader", "reader")));
        var other = await ConnectAsync(engine, Tls(_authority.Issue("other", "other")));
        var nobody = await ConnectAsync(engine, Tls());

        Assert.Equal(0, (await reader.CountWorkflowsAsync("")).Count);
        await AssertDeniedAsync(() => reader.StartWorkflowAsync("t", [], new("w", "q")));
        await AssertDeniedAsync(() => other.CountWorkflowsAsync(""));
        await AssertDeniedAsync(() => nobody.CountWorkflowsAsync(""));
        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ApiKey_WhenKnown_MayWhatItMay()
    {
        const string secret = "aos_not-so-secret";
        using var engine = await StartAsync(options =>
        {
            WithTls(options);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
            options.Access.ApiKeys["ci"] = $"sha256:{hash} default:write";
        });
        var client = await ConnectAsync(engine, Tls(), secret);
        var stranger = await ConnectAsync(engine, Tls(), "aos_another");

        var handle = await client.StartWorkflowAsync("t", [], new("w", "q"));

        Assert.Equal("w", (await handle.DescribeAsync()).Id);
        await AssertDeniedAsync(() => stranger.CountWorkflowsAsync(""));
        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Token_WhenItsIssuerIsKnown_MayWhatItsClaimsSay()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var stranger = await TestIssuer.StartAsync();
        using var engine = await StartAsync(options =>
        {
            WithTls(options);
            options.Access.TokenKeys.Add(issuer.KeysAddress);
            options.Access.TokenAudience = "engine";
        });
        var writer = await ConnectAsync(engine, Tls(), issuer.Issue("ada", "default:write"));
        var reader = await ConnectAsync(engine, Tls(), issuer.Issue("bob", "default:read", "other:admin"));
        var fake = await ConnectAsync(engine, Tls(), stranger.Issue("eve", "temporal-system:admin"));

        await writer.StartWorkflowAsync("t", [], new("w", "q"));

        Assert.Equal(1, (await reader.CountWorkflowsAsync("")).Count);
        await AssertDeniedAsync(() => reader.GetWorkflowHandle("w").TerminateAsync());
        await AssertDeniedAsync(() => fake.CountWorkflowsAsync(""));
        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Worker_WhenItHoldsTheWorkersRoleAlone_Works()
    {
        await using var issuer = await TestIssuer.StartAsync();
        using var engine = await StartAsync(options =>
        {
            WithTls(options);
            options.Access.TokenKeys.Add(issuer.KeysAddress);
        });
        var writer = await ConnectAsync(engine, Tls(), issuer.Issue("ada", "default:write"));
        var working = await ConnectAsync(engine, Tls(), issuer.Issue("worker", "default:worker"));

        using var worker = new TemporalWorker(working, new TemporalWorkerOptions("q").AddWorkflow<StartTests.InfoWorkflow>());
        var info = await worker.ExecuteAsync(() => writer.ExecuteWorkflowAsync(
            (StartTests.InfoWorkflow workflow) => workflow.RunAsync(), new("w", "q")));

        Assert.Equal(1, info.Attempt);
        await AssertDeniedAsync(() => working.StartWorkflowAsync("t", [], new("w2", "q")));
        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _authority.Dispose();

    private static async Task AssertDeniedAsync(Func<Task> call)
    {
        var denied = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((RpcException.StatusCode.PermissionDenied, "Request unauthorized."), (denied.Code, denied.Message));
    }

    private static async Task AssertNotConnectedAsync(IHost engine, TlsOptions? tls) =>
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(engine, tls));

    private static Task<TemporalClient> ConnectAsync(IHost engine, TlsOptions? tls, string? apiKey = null) =>
        TemporalClient.ConnectAsync(new TemporalClientConnectOptions(AddressOf(engine))
        {
            Tls = tls,
            ApiKey = apiKey,
            Runtime = QuietRuntime.Instance,
        });

    private static string AddressOf(IHost engine) => engine.Services.GetRequiredService<IWorkflowEngine>().Address!;

    private static async Task<IHost> StartAsync(Action<WorkflowEngineOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = 0;
            configure(options);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private void WithTls(WorkflowEngineOptions options) =>
        (options.Tls.CertificateFile, options.Tls.KeyFile) = _authority.Issue("server", "server");

    private TlsOptions Tls((string Certificate, string Key)? client = null) => new()
    {
        ServerRootCACert = _authority.CaPem,
        Domain = "localhost",
        ClientCert = client is { } pair ? File.ReadAllBytes(pair.Certificate) : null,
        ClientPrivateKey = client is { } files ? File.ReadAllBytes(files.Key) : null,
    };
}
