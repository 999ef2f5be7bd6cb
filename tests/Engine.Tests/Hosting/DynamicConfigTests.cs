using System.Text.Json;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Hosting.DynamicConfig;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Hosting;

public sealed class DynamicConfigTests
{
    public static TheoryData<string> Keys => [.. DynamicConfigTable.Settings.Select(setting => setting.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Setting_WhenItsValueChanges_ChangesItsFieldAlone(string key)
    {
        var setting = DynamicConfigTable.Find(key)!;
        var value = AnotherValue(setting);

        var reading = DynamicConfigReading.Of(
            EngineLimits.Default, [KeyValuePair.Create(key.ToUpperInvariant(), value)]);

        Assert.Empty(reading.Mistakes);
        Assert.Empty(reading.Unknown);
        var changed = DynamicConfigTable.Settings.Where(other => other.Read(reading.Limits) != other.Default);
        Assert.Equal([key], changed.Select(other => other.Key));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Setting_WhenItIsGivenItsDefault_ChangesNothing(string key)
    {
        var reading = DynamicConfigReading.Of(
            EngineLimits.Default, [KeyValuePair.Create(key, DynamicConfigTable.Find(key)!.Default)]);

        Assert.Empty(reading.Mistakes);
        Assert.Equal(EngineLimits.Default, reading.Limits);
    }

    [Theory]
    [InlineData("limit.blobSize.error", "\"a lot\"", "a whole number that is not negative")]
    [InlineData("limit.blobSize.error", "1.5", "a whole number that is not negative")]
    [InlineData("limit.blobSize.error", "-1", "a whole number that is not negative")]
    [InlineData("limit.blobSize.error", "2147483648", "a whole number that is not negative")]
    [InlineData("frontend.namespaceBurstRatio", "true", "a number that is not negative")]
    [InlineData("frontend.WorkflowPauseEnabled", "1", "true or false")]
    [InlineData("frontend.WorkflowPauseEnabled", "", "true or false")]
    [InlineData("history.longPollExpirationInterval", "soon", "a duration (\"1m30s\", or a number of seconds)")]
    [InlineData("history.longPollExpirationInterval", "\"-1s\"", "a duration (\"1m30s\", or a number of seconds)")]
    [InlineData("frontend.httpAllowedHosts", "[1]", "a list of host patterns ([\"*.example.com\"])")]
    public void Reading_WhenAValueIsOfAnotherType_SaysWhatToGive(string key, string value, string expected)
    {
        var reading = DynamicConfigReading.Of(EngineLimits.Default, [KeyValuePair.Create(key, value)]);

        Assert.Equal([$"DynamicConfig gives {key} the value {value}: give {expected}."], reading.Mistakes);
        Assert.Equal(EngineLimits.Default, reading.Limits);
    }

    [Theory]
    [InlineData("\"1m30s\"", 90)]
    [InlineData("1m30s", 90)]
    [InlineData("90", 90)]
    [InlineData("\"90\"", 90)]
    [InlineData("1.5", 1.5)]
    public void Duration_InEachFormThatATemporalServerTakes_IsUnderstood(string value, double seconds)
    {
        var reading = DynamicConfigReading.Of(
            EngineLimits.Default, [KeyValuePair.Create("history.longPollExpirationInterval", value)]);

        Assert.Equal(TimeSpan.FromSeconds(seconds), reading.Limits.HistoryLongPoll);
    }

    [Fact]
    public void AllowedAddresses_AreTakenInOrder_AndGuardPlainHttp()
    {
        const string Value = """[{"Pattern":"*.example.com:8080","AllowInsecure":true},{"Pattern":"*"}]""";

        var addresses = DynamicConfigReading.Of(
            EngineLimits.Default, [KeyValuePair.Create("callback.allowedAddresses", Value)]).Limits.CallbackAddresses;

        Assert.Null(addresses.Problem(new Uri("http://a.b.example.com:8080/")));
        Assert.Null(addresses.Problem(new Uri("https://elsewhere.org/call")));
        Assert.Equal(
            "invalid url: callback address does not allow insecure connections: http://elsewhere.org/call",
            addresses.Problem(new Uri("http://elsewhere.org/call")));
        Assert.Equal(
            "invalid url: url does not match any configured callback address: http://elsewhere.org/call",
            AddressRules.None.Problem(new Uri("http://elsewhere.org/call")));
    }

    [Fact]
    public async Task Engine_WhenAKeyIsUnknown_StartsAndHonoursTheOthers()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.DynamicConfig["history.enableRequestIdRefLinks"] = "true";
            options.DynamicConfig["limit.blobSize.error"] = "10240";
        });

        var described = await engine.Client.WorkflowService.DescribeNamespaceAsync(
            new DescribeNamespaceRequest { Namespace = "default" });

        Assert.Equal(10_240, described.NamespaceInfo.Limits.BlobSizeLimitError);
    }

    [Fact]
    public async Task Engine_WhenAFeatureIsSwitchedOff_DoesNotAnnounceIt()
    {
        await using var engine = await EngineFixture.StartAsync(
            options => options.DynamicConfig["system.enableEagerWorkflowStart"] = "false");

        var described = await engine.Client.WorkflowService.DescribeNamespaceAsync(
            new DescribeNamespaceRequest { Namespace = "default" });

        Assert.False(described.NamespaceInfo.Capabilities.EagerWorkflowStart);
    }

    [Fact]
    public async Task Engine_WhenAValueIsWrong_DoesNotStart()
    {
        var failure = await Assert.ThrowsAsync<EngineStartException>(() => EngineFixture.StartAsync(
            options => options.DynamicConfig["limit.blobSize.error"] = "a lot"));

        Assert.Contains(
            "DynamicConfig gives limit.blobSize.error the value a lot: give a whole number that is not negative.",
            failure.Message,
            StringComparison.Ordinal);
    }

    /// <summary>With <c>AOS_WRITE_DOCS=1</c> it writes the table instead.</summary>
    [Fact]
    public void Documentation_ListsEveryKeyWithItsDefault()
    {
        var page = Path.Combine(Repository(), "docs", "engine", "dynamic-config.md");
        var expected = DynamicConfigTable.Settings
            .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(setting => $"| `{setting.Key}` | `{setting.Default}` | {setting.Type} |");
        var lines = File.ReadAllLines(page);
        var begin = Array.IndexOf(lines, "| --- | --- | --- |") + 1;
        if (Environment.GetEnvironmentVariable("AOS_WRITE_DOCS") == "1")
        {
            File.WriteAllLines(page, [.. lines[..begin], .. expected]);
            return;
        }

        Assert.Equal(expected, lines[begin..]);
    }

    private static string Repository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "AugmentedOS.slnx")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }

    private static string AnotherValue(DynamicSetting setting)
    {
        using var json = JsonDocument.Parse(setting.Default);
        return json.RootElement.ValueKind switch
        {
            JsonValueKind.True => "false",
            JsonValueKind.False => "true",
            JsonValueKind.Number => "7",
            JsonValueKind.String => "\"7s\"",
            _ => setting.Key.Contains("allowedAddresses", StringComparison.Ordinal) ? "[{\"Pattern\":\"a\"}]" : "[\"a\"]",
        };
    }
}
