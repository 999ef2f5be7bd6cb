using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.Configuration;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>Which source wins, and which profile comes of it.</summary>
public sealed class SettingsResolutionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aos-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Settings_WhenAllSourcesSpeak_AreCodesThenConfigurationsThenVariablesThenTheFiles()
    {
        var variables = new Dictionary<string, string>
        {
            ["TEMPORAL_CONFIG_FILE"] = Toml("""
                [profile.default]
                address = "of-file:1"
                namespace = "of-file"
                api_key = "of-file"
                [profile.default.tls]
                server_name = "of-file"
                """),
            ["TEMPORAL_ADDRESS"] = "of-variables:1",
            ["TEMPORAL_NAMESPACE"] = "of-variables",
            ["TEMPORAL_API_KEY"] = "of-variables",
        };
        Dictionary<string, string?> configuration = new()
        {
            ["Workflows:Address"] = "of-configuration:1",
            ["Workflows:Namespace"] = "of-configuration",
        };

        var settings = Resolve(configuration, variables, options => options.Address = "of-code:1");

        Assert.Equal(
            ("of-code:1", "of-configuration", "of-variables", "of-file"),
            (settings.Address, settings.Namespace, settings.ApiKey, settings.Tls!.ServerName));
    }

    [Fact]
    public void Settings_WhenAProfileOfTheFileIsNamed_AreThatProfiles()
    {
        var settings = Resolve([], new()
        {
            ["TEMPORAL_CONFIG_FILE"] = Toml("""
                [profile.default]
                address = "laptop:7233"
                [profile.staging]
                address = "staging:7233"
                namespace = "orders"
                grpc_meta = { team = "orders" }
                """),
            ["TEMPORAL_PROFILE"] = "staging",
        });

        Assert.Equal(
            (WorkflowsProfile.Cluster, "staging:7233", "orders"),
            (settings.Profile, settings.Address, settings.Namespace));
        Assert.Equal("orders", settings.Metadata["team"]);
        Assert.Null(settings.Tls);
    }

    [Fact]
    public void Settings_WhenNothingIsSaid_AreAnEmbeddedEngines()
    {
        var settings = Resolve([], []);

        Assert.Equal(
            (WorkflowsProfile.Embedded, "default", null, null),
            (settings.Profile, settings.Namespace, settings.Address, settings.Tls));
    }

    [Theory]
    [InlineData("TEMPORAL_ADDRESS", "server:7233")]
    [InlineData("Workflows:Address", "server:7233")]
    public void Profile_WhenOnlyAnAddressIsGiven_IsCluster(string name, string value)
    {
        var isVariable = name.StartsWith("TEMPORAL", StringComparison.Ordinal);

        var settings = Resolve(isVariable ? [] : new() { [name] = value }, isVariable ? new() { [name] = value } : []);

        Assert.Equal((WorkflowsProfile.Cluster, value), (settings.Profile, settings.Address));
        Assert.Contains(name, settings.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Profile_WhenItIsEmbedded_TakesNothingThatIsMeantForAServer()
    {
        var settings = Resolve(
            new() { ["Workflows:Profile"] = "embedded", ["Workflows:Address"] = "server:7233" },
            new() { ["TEMPORAL_NAMESPACE"] = "production", ["TEMPORAL_API_KEY"] = "secret" });

        Assert.Equal(
            (WorkflowsProfile.Embedded, "default", null), (settings.Profile, settings.Namespace, settings.ApiKey));
    }

    [Fact]
    public void Cloud_WhenItHasAKey_TurnsTlsOn()
    {
        var settings = Resolve(
            new()
            {
                ["Workflows:Profile"] = "Cloud",
                ["Workflows:Address"] = "orders.a1b2c.tmprl.cloud:7233",
                ["Workflows:Namespace"] = "orders.a1b2c",
                ["Workflows:ApiKey"] = "secret",
            },
            []);

        Assert.NotNull(settings.Tls);
    }

    [Fact]
    public void Tls_WhenFilesAreNamed_IsWhatIsInThem()
    {
        var (certificate, key, ca) = (Write("c.pem", "certificate"), Write("k.pem", "key"), Write("ca.pem", "ca"));

        var settings = Resolve(
            new()
            {
                ["Workflows:Address"] = "server:7233",
                ["Workflows:Tls:CertificateFile"] = certificate,
                ["Workflows:Tls:KeyFile"] = key,
                ["Workflows:Tls:ServerName"] = "temporal",
            },
            new() { ["TEMPORAL_TLS_SERVER_CA_CERT_PATH"] = ca });

        Assert.Equal("certificate"u8, settings.Tls!.Certificate!);
        Assert.Equal("key"u8, settings.Tls.Key!);
        Assert.Equal("ca"u8, settings.Tls.Ca!);
        Assert.Equal("temporal", settings.Tls.ServerName);
    }

    [Fact]
    public void Tls_WhenDisabled_IsOffInSpiteOfAKey()
    {
        var settings = Resolve(
            new()
            {
                ["Workflows:Address"] = "server:7233",
                ["Workflows:ApiKey"] = "secret",
                ["Workflows:Tls:Disabled"] = "true",
            },
            []);

        Assert.Null(settings.Tls);
    }

    private static ConnectionSettings Resolve(
        Dictionary<string, string?> configuration,
        Dictionary<string, string> variables,
        Action<WorkflowsOptions>? configure = null) => SettingsResolution.Resolve(
            new ConfigurationBuilder().AddInMemoryCollection(configuration).Build(), configure, variables);

    private string Toml(string text) => Write("temporal.toml", text);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
