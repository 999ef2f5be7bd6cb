using AugmentedOS.Certificates;
using AugmentedOS.Workflows.Hosting;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>An embedded engine with TLS, and its client.</summary>
public sealed class EmbeddedTlsTests : IDisposable
{
    private readonly string _queue = $"queue-{Guid.NewGuid()}";
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Client_WhenTheEngineHasTls_TrustsTheAuthorityThatIsConfigured()
    {
        var (certificate, key) = _authority.Issue("engine.test", "engine");
        using var host = Apps.Greeting(_queue, new Dictionary<string, string?>(Apps.InMemory)
        {
            ["Engine:Tls:CertificateFile"] = certificate,
            ["Engine:Tls:KeyFile"] = key,
            ["Workflows:Tls:CaFile"] = _authority.CaFile,
            ["Workflows:Tls:ServerName"] = "engine.test",
        });
        await host.StartAsync();

        Assert.Equal("Hello, you", await host.GreetAsync(_queue, "you"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Client_WhenTheEngineHasNoTls_NeedsNoFilesOfAServers()
    {
        using var host = Apps.Greeting(_queue, new Dictionary<string, string?>(Apps.InMemory)
        {
            ["Workflows:Tls:CaFile"] = "only-in-production.pem",
            ["Workflows:ApiKey"] = "only-in-production",
        });
        await host.StartAsync();

        Assert.Equal("Hello, you", await host.GreetAsync(_queue, "you"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Client_WhenTheEngineHasTlsAndAFileIsMissing_FailsTheStartAndNamesIt()
    {
        var (certificate, key) = _authority.Issue("engine.test", "engine");
        using var host = Apps.Greeting(_queue, new Dictionary<string, string?>(Apps.InMemory)
        {
            ["Engine:Tls:CertificateFile"] = certificate,
            ["Engine:Tls:KeyFile"] = key,
            ["Workflows:Tls:CaFile"] = "missing.pem",
        });

        var problem = await Assert.ThrowsAsync<WorkflowsConfigurationException>(() => host.StartAsync());

        Assert.Contains("Workflows:Tls:CaFile names the file", problem.Message, StringComparison.Ordinal);
    }
}
