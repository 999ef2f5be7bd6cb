using System.Text.Json;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Hosting.DynamicConfig;
using AugmentedOS.Engine.Tests.Api;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Worker.V1;
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

    [Fact]
    public void Constraint_ByNamespace_HoldsThereAndNowhereElse()
    {
        const string Value = """[{"value": 5, "constraints": {"namespace": "orders"}}, {"value": 7, "constraints": {}}]""";

        var reading = DynamicConfigReading.Of(
            EngineLimits.Default,
            [
                KeyValuePair.Create("history.maxInFlightUpdates", Value),
                KeyValuePair.Create("limit.blobSize.error", "100"),
            ]);

        Assert.Empty(reading.Mistakes);
        Assert.Equal((7, 100), (reading.Limits.MaxInFlightUpdates, reading.Limits.BlobSizeError));
        Assert.Equal(7, reading.Limits.In("others").MaxInFlightUpdates);
        Assert.Equal(5, reading.Limits.In("orders").MaxInFlightUpdates);
        Assert.Equal(100, reading.Limits.In("orders").BlobSizeError);
    }

    [Theory]
    [InlineData(
        "frontend.rps",
        """[{"value": 5, "constraints": {"namespace": "orders"}}]""",
        "DynamicConfig gives frontend.rps in namespace orders: it holds for the whole engine.")]
    [InlineData(
        "limit.blobSize.error",
        """[{"value": 5, "constraints": {"taskQueueName": "q"}}]""",
        """
        DynamicConfig gives limit.blobSize.error the value [{"value": 5, "constraints": {"taskQueueName": "q"}}]: a constraint by taskQueueName is not understood here, only by namespace.
        """)]
    [InlineData(
        "limit.blobSize.error",
        """[{"value": "a", "constraints": {"namespace": "orders"}}]""",
        """
        DynamicConfig gives limit.blobSize.error the value [{"value": "a", "constraints": {"namespace": "orders"}}]: give a whole number that is not negative.
        """)]
    public void Constraint_ThatIsNotUnderstood_IsAMistake(string key, string value, string expected) => Assert.Equal(
        [expected], DynamicConfigReading.Of(EngineLimits.Default, [KeyValuePair.Create(key, value)]).Mistakes);

    [Fact]
    public async Task Engine_WhenANamespaceHasValuesOfItsOwn_GoesByThem()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.Namespaces.Add("small");
            options.DynamicConfig["limit.blobSize.error"] =
                """[{"value": 1000}, {"value": 10, "constraints": {"namespace": "small"}}]""";
            options.DynamicConfig["frontend.activityAPIsEnabled"] =
                """[{"value": false, "constraints": {"namespace": "small"}}]""";
        });
        using var raw = new RawEngine(engine.Address);

        var described = await raw.CallAsync<DescribeNamespaceResponse>(new DescribeNamespaceRequest { Namespace = "small" });
        Assert.Equal(10, described.NamespaceInfo.Limits.BlobSizeLimitError);
        Assert.Equal(
            ["Blob data size exceeds limit.", "workflow not found for ID: w"],
            [await SignalAsync(raw, "small"), await SignalAsync(raw, "default")]);
        Assert.Equal(
            ["method PauseActivity not supported", "workflow not found for ID: w"],
            [await PauseAsync(raw, "small"), await PauseAsync(raw, "default")]);
    }

    [Fact]
    public async Task List_WhenAPageMayHaveFewer_HasNoMore()
    {
        await using var engine = await EngineFixture.StartAsync(
            options => options.DynamicConfig["frontend.visibilityMaxPageSize"] = "2");
        using var raw = new RawEngine(engine.Address);
        for (var number = 0; number < 3; number++)
        {
            await raw.CallAsync<StartWorkflowExecutionResponse>(new StartWorkflowExecutionRequest
            {
                Namespace = "default",
                WorkflowId = $"w{number}",
                WorkflowType = new() { Name = "t" },
                TaskQueue = new() { Name = "q" },
            });
        }

        foreach (var asked in new[] { 0, 3 })
        {
            var page = await raw.CallAsync<ListWorkflowExecutionsResponse>(
                new ListWorkflowExecutionsRequest { Namespace = "default", PageSize = asked });
            Assert.Equal((2, false), (page.Executions.Count, page.NextPageToken.IsEmpty));
        }
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task Heartbeats_WhenSwitchedOff_AreTakenAndForgotten(string value, int known)
    {
        await using var engine = await EngineFixture.StartAsync(
            options => options.DynamicConfig["frontend.WorkerHeartbeatsEnabled"] = value);
        using var raw = new RawEngine(engine.Address);
        await raw.CallAsync<RecordWorkerHeartbeatResponse>(new RecordWorkerHeartbeatRequest
        {
            Namespace = "default",
            WorkerHeartbeat = { new WorkerHeartbeat { WorkerInstanceKey = "worker" } },
        });

        var listed = await raw.CallAsync<CountWorkersResponse>(new CountWorkersRequest { Namespace = "default" });

        Assert.Equal(known, listed.Count);
    }

    private static async Task<string> SignalAsync(RawEngine raw, string ns) =>
        (await raw.RefusedAsync(new SignalWorkflowExecutionRequest
        {
            Namespace = ns,
            WorkflowExecution = new() { WorkflowId = "w" },
            SignalName = "s",
            Input = new() { Payloads_ = { new Payload { Data = ByteString.CopyFrom(new byte[100]) } } },
        })).Status.Detail;

    private static async Task<string> PauseAsync(RawEngine raw, string ns) =>
        (await raw.RefusedAsync(new PauseActivityRequest
        {
            Namespace = ns,
            Execution = new() { WorkflowId = "w" },
            Id = "a",
        })).Status.Detail;

    [Theory]
    [InlineData(true, "", "WorkerVersionStamp must be present if UseVersioning is true.")]
    [InlineData(false, "too long", "Build ID exceeds configured limit.workerBuildIdSize, use a shorter build ID.")]
    public async Task Poll_WhenAWorkersVersionIsWrong_IsRefused(bool usesVersioning, string buildId, string expected)
    {
        await using var engine = await EngineFixture.StartAsync(
            options => options.DynamicConfig["limit.workerBuildIdSize"] = "7");
        using var raw = new RawEngine(engine.Address);

        Assert.Equal(expected, await PollAsync(raw, usesVersioning, buildId));
    }

    [Fact]
    public async Task Poll_WhenVersioningOfWorkflowsIsOff_IsRefused()
    {
        await using var engine = await EngineFixture.StartAsync(
            options => options.DynamicConfig["frontend.workerVersioningWorkflowAPIs"] = "false");
        using var raw = new RawEngine(engine.Address);

        Assert.Equal(
            "Worker versioning in workflow progress APIs is disabled on this namespace.", await PollAsync(raw, true, "b"));
    }

    private static async Task<string> PollAsync(RawEngine raw, bool usesVersioning, string buildId) =>
        (await raw.RefusedAsync(new PollActivityTaskQueueRequest
        {
            Namespace = "default",
            TaskQueue = new() { Name = "q" },
            WorkerVersionCapabilities = new() { UseVersioning = usesVersioning, BuildId = buildId },
        })).Status.Detail;

    /// <summary>With <c>AOS_WRITE_DOCS=1</c> it writes the table instead.</summary>
    [Fact]
    public void Documentation_ListsEveryKeyWithItsDefault()
    {
        var page = Path.Combine(Repository(), "docs", "engine", "dynamic-config.md");
        var expected = DynamicConfigTable.Settings
            .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(setting => $"| `{setting.Key}` | `{setting.Default}` | {setting.Type} | {ByNamespace(setting)} |");
        var lines = File.ReadAllLines(page);
        var begin = Array.IndexOf(lines, "| --- | --- | --- | --- |") + 1;
        if (Environment.GetEnvironmentVariable("AOS_WRITE_DOCS") == "1")
        {
            File.WriteAllLines(page, [.. lines[..begin], .. expected]);
            return;
        }

        Assert.Equal(expected, lines[begin..]);
    }

    private static string ByNamespace(DynamicSetting setting) =>
        DynamicConfigTable.IsOfNamespaces(setting) ? "yes" : "";

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
