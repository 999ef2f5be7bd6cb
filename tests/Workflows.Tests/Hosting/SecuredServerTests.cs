using System.Security.Cryptography;
using System.Text;
using AugmentedOS.Certificates;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Exceptions;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>Hosts whose server asks who they are: a client certificate, an API key. The server is an engine behind an
/// address, which asks as a managed service does.</summary>
public sealed class SecuredServerTests : IDisposable
{
    private const string Secret = "aos_a-key-of-this-test-alone";
    private const string CloudNamespace = "orders.a1b2c";

    private readonly string _queue = $"queue-{Guid.NewGuid()}";
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Cloud_WhenItHasAClientCertificate_RunsAWorkflow()
    {
        await using var server = await StartServerAsync(AskForACertificate);
        var (certificate, key) = _authority.Issue("orders", "orders");
        using var host = Apps.Greeting(_queue, Cloud(server, certificate, key));
        await host.StartAsync();

        Assert.Equal("Hello, cloud", await host.GreetAsync(_queue, "cloud"));
        Assert.Null(host.Client().Connection.Options.ApiKey);
        await host.StopAsync();
    }

    [Fact]
    public async Task Cloud_WhenVariablesNameTheCertificate_RunsAWorkflow()
    {
        await using var server = await StartServerAsync(AskForACertificate);
        var (certificate, key) = _authority.Issue("orders", "orders");
        var builder = Apps.Builder([new("Workflows:Profile", "Cloud")]);
        builder.Services.AddScoped<Greeter>();
        builder.Services.AddWorkflows(builder.Configuration, null, new Dictionary<string, string>
        {
            ["TEMPORAL_ADDRESS"] = server.Address,
            ["TEMPORAL_NAMESPACE"] = CloudNamespace,
            ["TEMPORAL_TLS_CLIENT_CERT_PATH"] = certificate,
            ["TEMPORAL_TLS_CLIENT_KEY_PATH"] = key,
            ["TEMPORAL_TLS_SERVER_CA_CERT_PATH"] = _authority.CaFile,
        }).AddWorker(_queue).AddWorkflow<GreetingWorkflow>().AddScopedActivities<GreetingActivities>();
        using var host = builder.Build();
        await host.StartAsync();

        Assert.Equal("Hello, cloud", await host.GreetAsync(_queue, "cloud"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Cloud_WhenItsCertificateIsOfAnotherAuthority_IsNotLetIn()
    {
        await using var server = await StartServerAsync(AskForACertificate);
        using var stranger = new TestAuthority();
        var (certificate, key) = stranger.Issue("orders", "orders");
        var builder = Apps.Builder(Cloud(server, certificate, key));
        builder.AddWorkflows();
        using var host = builder.Build();
        await host.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client().Connection.ConnectAsync());
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_WhenMovedByConfigurationAlone_TakesItsKeyAndItsAuthorityAlong()
    {
        await using var server = await StartServerAsync(AskForAKey);
        var (certificate, key) = _authority.Issue("engine.test", "embedded");
        Dictionary<string, string?> settings = new(Apps.InMemory)
        {
            // The engine in this process asks for the same as the server.
            ["Engine:Tls:CertificateFile"] = certificate,
            ["Engine:Tls:KeyFile"] = key,
            ["Engine:Access:ApiKeys:orders"] = $"{Hash} {CloudNamespace}:write",
            ["Workflows:Address"] = server.Address,
            ["Workflows:Namespace"] = CloudNamespace,
            ["Workflows:ApiKey"] = Secret,
            ["Workflows:Tls:CaFile"] = _authority.CaFile,
            ["Workflows:Tls:ServerName"] = "engine.test",
        };

        foreach (var profile in Enum.GetNames<WorkflowsProfile>())
        {
            settings["Workflows:Profile"] = profile;
            using var host = Apps.Greeting(_queue, settings);
            await host.StartAsync();

            Assert.Equal($"Hello, {profile}", await host.GreetAsync(_queue, profile));
            Assert.Equal(profile == "Embedded", host.Services.GetService<IWorkflowEngine>() is not null);
            Assert.False(host.Client().Connection.Options.Tls!.Disabled);
            await host.StopAsync();
        }

        Assert.Equal(2, (await server.Client.CountWorkflowsAsync($"TaskQueue = '{_queue}'")).Count);
    }

    [Fact]
    public async Task Host_WhenItsKeyIsUnknown_IsRefused()
    {
        await using var server = await StartServerAsync(AskForAKey);
        var builder = Apps.Builder(new Dictionary<string, string?>
        {
            ["Workflows:Profile"] = "Cloud",
            ["Workflows:Address"] = server.Address,
            ["Workflows:Namespace"] = CloudNamespace,
            ["Workflows:ApiKey"] = "aos_another",
            ["Workflows:Tls:CaFile"] = _authority.CaFile,
        });
        builder.AddWorkflows();
        using var host = builder.Build();
        await host.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => host.Client().CountWorkflowsAsync(""));
        Assert.Equal(RpcException.StatusCode.PermissionDenied, refused.Code);
        await host.StopAsync();
    }

    private static string Hash => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)))}";

    private static void AskForAKey(WorkflowEngineOptions options) =>
        options.Access.ApiKeys["orders"] = $"{Hash} {CloudNamespace}:write";

    private void AskForACertificate(WorkflowEngineOptions options) =>
        (options.Tls.ClientCaFile, options.Tls.RequireClientCertificate) = (_authority.CaFile, true);

    private Dictionary<string, string?> Cloud(EngineEnvironment server, string certificate, string key) => new()
    {
        ["Workflows:Profile"] = "Cloud",
        ["Workflows:Address"] = server.Address,
        ["Workflows:Namespace"] = CloudNamespace,
        ["Workflows:Tls:CertificateFile"] = certificate,
        ["Workflows:Tls:KeyFile"] = key,
        ["Workflows:Tls:CaFile"] = _authority.CaFile,
    };

    private Task<EngineEnvironment> StartServerAsync(Action<WorkflowEngineOptions> ask)
    {
        var (certificate, key) = _authority.Issue("engine.test", "server");
        var (own, ownKey) = _authority.Issue("test", "test");
        return EngineEnvironment.StartAsync(
            options =>
            {
                (options.Tls.CertificateFile, options.Tls.KeyFile) = (certificate, key);
                ask(options);
            },
            new()
            {
                Namespace = CloudNamespace,
                ApiKey = Secret,
                Tls = new()
                {
                    ServerRootCACert = _authority.CaPem,
                    ClientCert = File.ReadAllBytes(own),
                    ClientPrivateKey = File.ReadAllBytes(ownKey),
                },
            });
    }
}
