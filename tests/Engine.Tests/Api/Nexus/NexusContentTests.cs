using System.Text;
using AugmentedOS.Engine.Nexus.Wire;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Tests.Api.Nexus;

/// <summary>What travels over HTTP and what it means here.</summary>
public sealed class NexusContentTests
{
    [Theory]
    [InlineData("json/plain", null, "application/json")]
    [InlineData("binary/plain", null, "application/octet-stream")]
    [InlineData("binary/null", null, null)]
    [InlineData("json/protobuf", "a.B", "application/json; format=protobuf; message-type=\"a.B\"")]
    [InlineData("binary/protobuf", "a.B", "application/x-protobuf; message-type=\"a.B\"")]
    [InlineData("my/encoding", null, "application/x-temporal-payload")]
    [InlineData("json/plain", "unexpected", "application/x-temporal-payload")]
    public void Payload_WhenItTravels_ComesBackTheSame(string encoding, string? messageType, string? type)
    {
        var payload = new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8(encoding) } };
        if (encoding != "binary/null")
        {
            payload.Data = ByteString.CopyFromUtf8("data");
        }

        if (messageType is not null)
        {
            payload.Metadata["messageType"] = ByteString.CopyFromUtf8(messageType);
        }

        var (headers, body) = NexusContent.ToContent(payload);

        Assert.Equal(type, headers.GetValueOrDefault("type"));
        Assert.Equal(payload, NexusContent.FromContent(headers, body.ToArray()));
    }

    [Fact]
    public void Content_WhenItsTypeIsUnknown_KeepsItsHeaders()
    {
        var payload = NexusContent.FromContent(
            new Dictionary<string, string> { ["type"] = "text/html", ["language"] = "de", ["length"] = "1" },
            Encoding.UTF8.GetBytes("x"))!;

        Assert.Equal("unknown/nexus-content", payload.Metadata["encoding"].ToStringUtf8());
        Assert.Equal("text/html", payload.Metadata["type"].ToStringUtf8());
        Assert.Equal("de", payload.Metadata["language"].ToStringUtf8());
        Assert.False(payload.Metadata.ContainsKey("length"));
    }

    [Fact]
    public void Content_WhenItClaimsToBeAPayloadAndIsNot_IsRefused() => Assert.Null(NexusContent.FromContent(
        new Dictionary<string, string> { ["type"] = "application/x-temporal-payload" }, [0xFF, 0xFF]));

    [Fact]
    public void Failure_WhenItTravels_KeepsItsWholeChain()
    {
        var failure = new Failure
        {
            Message = "outer",
            StackTrace = "at outer",
            EncodedAttributes = new Payload { Data = ByteString.CopyFromUtf8("secret") },
            NexusHandlerFailureInfo = new NexusHandlerFailureInfo
            {
                Type = "INTERNAL",
                RetryBehavior = NexusHandlerErrorRetryBehavior.Retryable,
            },
            Cause = new Failure
            {
                Message = "middle",
                Source = "SDK",
                StackTrace = "at middle",
                ApplicationFailureInfo = new ApplicationFailureInfo { Type = "T", NonRetryable = true },
                Cause = new Failure
                {
                    Message = "inner",
                    TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.Heartbeat },
                },
            },
        };

        var json = Encoding.UTF8.GetBytes(WireFailure.ToJson(FailureConversion.ToWire(failure)));

        Assert.Equal(failure, FailureConversion.ToTemporal(WireFailure.FromJson(json)!));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("canceled")]
    public void Failure_WhenItIsOfAnOperationElsewhere_BecomesWhatTemporalHasForIt(string state)
    {
        var wire = WireFailure.FromJson(Encoding.UTF8.GetBytes(
            $$$"""{"message":"m","metadata":{"type":"nexus.OperationError"},"details":{"state":"{{{state}}}"}}"""))!;

        var failure = FailureConversion.ToTemporal(wire)!;

        Assert.Equal("m", failure.Message);
        Assert.Equal(state == "canceled", failure.CanceledFailureInfo is not null);
        Assert.Equal(state == "failed" ? "OperationError" : null, failure.ApplicationFailureInfo?.Type);
    }

    [Fact]
    public void Failure_WhenItsShapeIsUnknown_IsKeptWhole()
    {
        var wire = WireFailure.FromJson("""{"message":"m","metadata":{"k":"v"},"details":[1]}"""u8)!;

        var failure = FailureConversion.ToTemporal(wire)!;

        Assert.Equal("NexusFailure", failure.ApplicationFailureInfo.Type);
        Assert.Equal(
            """{"message":"","metadata":{"k":"v"},"details":[1]}""",
            failure.ApplicationFailureInfo.Details.Payloads_[0].Data.ToStringUtf8());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"message":1}""")]
    public void Failure_WhenItIsNone_IsRefused(string text) =>
        Assert.Null(WireFailure.FromJson(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Link_WhenItTravels_ComesBackTheSame()
    {
        Link[] links =
        [
            new()
            {
                WorkflowEvent = new()
                {
                    Namespace = "n/s",
                    WorkflowId = "w ?",
                    RunId = "r",
                    EventRef = new() { EventId = 5, EventType = EventType.NexusOperationScheduled },
                },
            },
            new()
            {
                WorkflowEvent = new()
                {
                    Namespace = "ns",
                    WorkflowId = "w",
                    RunId = "r",
                    RequestIdRef = new() { RequestId = "a&b", EventType = EventType.WorkflowExecutionSignaled },
                },
            },
            new() { Activity = new() { Namespace = "ns", ActivityId = "a", RunId = "r" } },
        ];

        var wire = links.Select(link => NexusLinks.ToWire(link)!).ToList();
        Assert.True(LinkHeader.TryParse(wire.Select(link => LinkHeader.Format(link)), out var parsed));

        Assert.Equal(wire, parsed);
        Assert.Equal(links, NexusLinks.FromWire(parsed));
        Assert.Equal(
            "temporal:///namespaces/n%2Fs/workflows/w%20%3F/r/history"
                + "?eventID=5&eventType=NexusOperationScheduled&referenceType=EventReference",
            wire[0].Url);
    }

    [Fact]
    public void Link_WhenItMakesNoSense_IsPassedOver() => Assert.Empty(NexusLinks.FromWire(
    [
        new() { Url = "https://example.com", Type = "temporal.api.common.v1.Link.WorkflowEvent" },
        new() { Url = "temporal:///namespaces/n/workflows/w/r/history", Type = "temporal.api.common.v1.Link.WorkflowEvent" },
        new() { Url = "temporal:///namespaces/n/workflows/w/r/history?x", Type = "other" },
    ]));

    [Theory]
    [InlineData(9.8, "9.8s")]
    [InlineData(90, "1m30s")]
    [InlineData(0.45, "450ms")]
    [InlineData(0, "0s")]
    [InlineData(3661, "1h1m1s")]
    [InlineData(-2, "-2s")]
    public void Duration_WhenItIsForAWorker_ReadsAsGoPrintsIt(double seconds, string text) =>
        Assert.Equal(text, NexusDuration.ToGoText(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("1.5s", 1500)]
    [InlineData("250ms", 250)]
    [InlineData("2m", 120_000)]
    public void Duration_WhenItIsInAHeader_IsRead(string text, int milliseconds)
    {
        Assert.True(NexusDuration.TryParse(text, out var span));
        Assert.Equal(milliseconds, span.TotalMilliseconds);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1h")]
    [InlineData("1.s")]
    public void Duration_WhenItIsNone_IsRefused(string text) => Assert.False(NexusDuration.TryParse(text, out _));

    [Fact]
    public void CallbackToken_WhenItComesBack_NamesTheOperation()
    {
        var token = new CallbackToken(
            new RunKey(new WorkflowKey(new NamespaceId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12)), "wörkflow"), new RunId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))),
            42,
            "request");

        Assert.True(CallbackToken.TryDecode(token.Encode(), out var decoded));
        Assert.Equal(token, decoded);
        Assert.StartsWith("""{"v":1,"d":"?"""[..^1], token.Encode(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"d":"AAAA"}""")]
    [InlineData("""{"v":1,"d":"!"}""")]
    [InlineData("""{"v":1,"d":"AAAA"}""")]
    public void CallbackToken_WhenItIsNone_IsRefused(string text) => Assert.False(CallbackToken.TryDecode(text, out _));
}
