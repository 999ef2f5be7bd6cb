using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary>How <c>aos replay</c> finds and satisfies a server: by options, and by the environment.</summary>
public sealed class ReplayConnectionTests : IDisposable
{
    private const string Secret = "aos_a-key-of-this-test-alone";

    private static readonly string[] Build =
    [
        "replay", "--assembly", typeof(DeliveryVersions).Assembly.Location, "--class", typeof(DeliveryVersions.First).FullName!,
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("connection").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Replay_WhenTheEnvironmentNamesTheServer_AsksItAndExitsWithItsCode()
    {
        await using var engine = await EngineEnvironment.StartAsync(client: new() { Namespace = "orders" });
        await StartDeliveryAsync(engine);

        using var found = Start(engine.Address, "orders");
        var output = await found.StandardOutput.ReadToEndAsync();
        await found.WaitForExitAsync();
        using var elsewhere = Start(engine.Address, "default");
        await elsewhere.WaitForExitAsync();

        Assert.StartsWith("Replayed 1 run of 1 type", output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, ExitCode.Usage), (found.ExitCode, elsewhere.ExitCode));
    }

    [Fact]
    public async Task Replay_WhenTheServerAsksForTlsAndAKey_IsLetInWithBothAndNotWithout()
    {
        var certificates = TestCertificates.WriteTo(_folder);
        var authority = await File.ReadAllBytesAsync(certificates.Authority);
        await using var engine = await EngineEnvironment.StartAsync(
            options => Secure(options, certificates),
            new() { ApiKey = Secret, Tls = new TlsOptions { ServerRootCACert = authority } });
        await StartDeliveryAsync(engine);
        string[] tls = ["--address", engine.Address, "--tls-ca", certificates.Authority];

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

    private static void Secure(WorkflowEngineOptions options, TestCertificates certificates)
    {
        options.Tls.CertificateFile = certificates.Certificate;
        options.Tls.KeyFile = certificates.Key;
        options.Access.ApiKeys["test"] =
            $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)))} default:write";
    }

    private static Task<WorkflowHandle> StartDeliveryAsync(EngineEnvironment engine) =>
        engine.Client.StartWorkflowAsync(DeliveryVersions.Name, [], new("delivery", "nobody"));

    private static Process Start(string address, string ns)
    {
        var start = new ProcessStartInfo
        {
            FileName = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aos.exe" : "aos"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TEMPORAL_ADDRESS"] = address, ["TEMPORAL_NAMESPACE"] = ns },
        };
        foreach (var argument in Build)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await CommandLine.RunAsync([.. Build, .. args], output, error), error.ToString());
    }
}
