using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.Configuration;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>What a user reads who configured something that cannot work.</summary>
public sealed class SettingsMistakesTests
{
    [Fact]
    public void Profile_WhenItIsUnknown_NamesTheKnown() => Refused(
        "Workflows:Profile is 'Kluster', which is no profile: give Embedded, Cluster, Cloud.",
        ("Workflows:Profile", "Kluster"));

    [Fact]
    public void Profile_WhenItIsANumber_IsUnknown() => Refused(
        "Workflows:Profile is '1', which is no profile: give Embedded, Cluster, Cloud.",
        ("Workflows:Profile", "1"));

    [Fact]
    public void Cluster_WhenItHasNoAddress_SaysWhereToSetIt() => Refused(
        "The profile Cluster (as configured) needs an address: set Workflows:Address (or TEMPORAL_ADDRESS, or address "
        + "in temporal.toml) to host:port.",
        ("Workflows:Profile", "Cluster"));

    [Theory]
    [InlineData("http://server:7233")]
    [InlineData("server")]
    [InlineData("server:0")]
    [InlineData("server:70000")]
    public void Address_WhenItIsNoHostAndPort_IsRefused(string address) => Refused(
        $"The address is '{address}': give host:port, without http://.",
        ("Workflows:Address", address));

    [Fact]
    public void Cloud_WhenItHasNothing_NamesAllThatIsMissing() => Refused(
        """
        The profile Cloud (as configured) needs an address: set Workflows:Address (or TEMPORAL_ADDRESS, or address in temporal.toml) to host:port, such as name.account.tmprl.cloud:7233.
        The namespace is 'default': the profile Cloud needs name.account, as its console shows it; set Workflows:Namespace (or TEMPORAL_NAMESPACE).
        The profile Cloud needs an API key or a client certificate: set Workflows:ApiKey (or TEMPORAL_API_KEY), or Workflows:Tls:CertificateFile and Workflows:Tls:KeyFile.
        """,
        ("Workflows:Profile", "Cloud"));

    [Fact]
    public void Cloud_WhenTlsIsDisabled_SaysThatItMustNot() => Refused(
        "Workflows:Tls:Disabled (or TEMPORAL_TLS=false) turns TLS off, which the profile Cloud must have: remove it.",
        ("Workflows:Profile", "Cloud"),
        ("Workflows:Address", "orders.a1b2c.tmprl.cloud:7233"),
        ("Workflows:Namespace", "orders.a1b2c"),
        ("Workflows:ApiKey", "secret"),
        ("Workflows:Tls:Disabled", "true"));

    [Fact]
    public void Setting_WhenItIsUnknown_NamesTheKnown() => Refused(
        "Workflows:Adress is not a setting. Settings are: Profile, Address, Namespace, ApiKey, File, Owner, Tls.",
        ("Workflows:Adress", "server:7233"));

    [Fact]
    public void Certificate_WhenItHasNoKey_SaysWhatIsMissing()
    {
        var file = typeof(SettingsMistakesTests).Assembly.Location;

        Refused(
            "There is a client certificate but no key: set Workflows:Tls:KeyFile (or TEMPORAL_TLS_CLIENT_KEY_PATH).",
            ("Workflows:Address", "server:7233"),
            ("Workflows:Tls:CertificateFile", file));
    }

    [Fact]
    public void File_WhenItCannotBeRead_IsNamed()
    {
        var problem = Refuse([], ("Workflows:Address", "server:7233"), ("Workflows:Tls:CaFile", "/no/such/ca.pem"));

        Assert.Contains(
            "Workflows:Tls:CaFile names the file '/no/such/ca.pem', which cannot be read", problem.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TomlProfile_WhenItDoesNotExist_IsNamed()
    {
        var problem = Refuse(new() { ["TEMPORAL_PROFILE"] = "stagin", ["TEMPORAL_ADDRESS"] = "server:7233" });

        Assert.Contains("the profile 'stagin' of temporal.toml", problem.Message, StringComparison.Ordinal);
        Assert.Contains("unset TEMPORAL_PROFILE", problem.Message, StringComparison.Ordinal);
    }

    private static void Refused(string lines, params (string Name, string Value)[] configuration) => Assert.Equal(
        ["Workflows cannot run with these settings:", .. lines.Split('\n').Select(line => line.Trim())],
        Refuse([], configuration).Message.Split('\n').Select(line => line.Trim()));

    private static WorkflowsConfigurationException Refuse(
        Dictionary<string, string> variables, params (string Name, string Value)[] configuration) =>
        Assert.Throws<WorkflowsConfigurationException>(() => SettingsResolution.Resolve(
            new ConfigurationBuilder()
                .AddInMemoryCollection(configuration.ToDictionary(pair => pair.Name, pair => (string?)pair.Value))
                .Build(),
            configure: null,
            variables));
}
