using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AugmentedOS.Workflows.Hosting;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>An embedded engine with TLS, and its client.</summary>
public sealed class EmbeddedTlsTests : IDisposable
{
    private readonly string _queue = $"queue-{Guid.NewGuid()}";
    private readonly string _folder = Directory.CreateTempSubdirectory("aos-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Client_WhenTheEngineHasTls_TrustsTheAuthorityThatIsConfigured()
    {
        var (certificate, key, ca) = MakeCertificates();
        using var host = Apps.Greeting(_queue, new Dictionary<string, string?>(Apps.InMemory)
        {
            ["Engine:Tls:CertificateFile"] = certificate,
            ["Engine:Tls:KeyFile"] = key,
            ["Workflows:Tls:CaFile"] = ca,
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
            ["Workflows:Tls:CaFile"] = Path.Combine(_folder, "only-in-production.pem"),
            ["Workflows:ApiKey"] = "only-in-production",
        });
        await host.StartAsync();

        Assert.Equal("Hello, you", await host.GreetAsync(_queue, "you"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Client_WhenTheEngineHasTlsAndAFileIsMissing_FailsTheStartAndNamesIt()
    {
        var (certificate, key, _) = MakeCertificates();
        using var host = Apps.Greeting(_queue, new Dictionary<string, string?>(Apps.InMemory)
        {
            ["Engine:Tls:CertificateFile"] = certificate,
            ["Engine:Tls:KeyFile"] = key,
            ["Workflows:Tls:CaFile"] = Path.Combine(_folder, "missing.pem"),
        });

        var problem = await Assert.ThrowsAsync<WorkflowsConfigurationException>(() => host.StartAsync());

        Assert.Contains("Workflows:Tls:CaFile names the file", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>An authority, and a certificate that it issued for the engine.</summary>
    private (string Certificate, string Key, string Ca) MakeCertificates()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Test Authority", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=engine.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("engine.test");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, from, to.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        return (
            Write("engine.pem", certificate.ExportCertificatePem()),
            Write("engine.key", key.ExportPkcs8PrivateKeyPem()),
            Write("ca.pem", root.ExportCertificatePem()));
    }

    private string Write(string name, string pem)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, pem);
        return path;
    }
}
