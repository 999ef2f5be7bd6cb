using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.Hosting;

public sealed class TlsCertificatesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tls-");
    private readonly FakeTimeProvider _time = new();
    private readonly EngineTlsOptions _options;

    public TlsCertificatesTests() => _options = new EngineTlsOptions
    {
        CertificateFile = Path.Combine(_folder.FullName, "server.pem"),
        KeyFile = Path.Combine(_folder.FullName, "server.key"),
    };

    [Fact]
    public void Files_WhenTheyChange_AreUsedForNewConnections()
    {
        Write("first");
        using var certificates = new TlsCertificates(_options, _time, NullLogger.Instance);
        Write("the second");

        Assert.Equal("CN=first", Served(certificates));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("CN=the second", Served(certificates));
    }

    [Fact]
    public void Files_WhenTheyBreak_LeaveTheFormerOnesInUse()
    {
        Write("first");
        using var certificates = new TlsCertificates(_options, _time, NullLogger.Instance);
        File.WriteAllText(_options.CertificateFile!, "half a certificate");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CN=first", Served(certificates));

        File.Delete(_options.KeyFile!);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CN=first", Served(certificates));

        Write("repaired");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CN=repaired", Served(certificates));
    }

    [Fact]
    public void Files_WhenTheyCannotBeUsedAtStart_FailItWithTheirNames()
    {
        File.WriteAllText(_options.CertificateFile!, "nonsense");

        var failure = Assert.Throws<EngineStartException>(() => new TlsCertificates(_options, _time, NullLogger.Instance));

        Assert.Contains(_options.CertificateFile!, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenOtherMachinesReachItUnproven_IsRefusedUnlessAllowed()
    {
        var failure = await Assert.ThrowsAsync<EngineStartException>(
            () => EngineFixture.StartAsync(options => options.Ip = "0.0.0.0"));

        Assert.Contains("Ip is 0.0.0.0, which other machines reach", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-unauthenticated", failure.Message, StringComparison.Ordinal);
        await using var allowed = await EngineFixture.StartAsync(options =>
        {
            options.Ip = "0.0.0.0";
            options.Access.AllowUnauthenticated = true;
        });
    }

    [Fact]
    public async Task Start_WhenSecurityOptionsAreWrong_NamesEach()
    {
        var failure = await Assert.ThrowsAsync<EngineStartException>(() => EngineFixture.StartAsync(options =>
        {
            options.Tls.CertificateFile = "server.pem";
            options.Tls.RequireClientCertificate = true;
            options.Access.TokenKeys.Add("ftp://keys");
            options.Access.PermissionPattern = "(";
            options.Access.ApiKeys["ci"] = "secret";
            options.Access.Certificates["CN=x"] = "default:everything";
            options.Audit.FileSize = 1;
        }));

        Assert.Contains("Tls has one of CertificateFile and KeyFile", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Tls:RequireClientCertificate needs Tls:ClientCaFile", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Access:TokenKeys has 'ftp://keys'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Access:PermissionPattern is wrong", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Access:ApiKeys:ci: give 'sha256:'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Access:Certificates:CN=x: 'default:everything'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Audit:FileSize is 1", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Served(TlsCertificates certificates) =>
        certificates.OptionsFor(requiresClient: false).ServerCertificateContext!.TargetCertificate.Subject;

    private void Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_options.KeyFile!, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_options.CertificateFile!, certificate.ExportCertificatePem());
    }
}
