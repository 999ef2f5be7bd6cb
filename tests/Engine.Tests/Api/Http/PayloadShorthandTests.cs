using System.Text;
using AugmentedOS.Engine.Api.Http.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Tests.Api.Http;

public sealed class PayloadShorthandTests
{
    [Theory]
    [InlineData("""{"a":[1,2.50,"x"]}""")]
    [InlineData("\"text\"")]
    [InlineData("12345678901234567890.125")]
    [InlineData("true")]
    [InlineData("""[{"metadata":1}]""")]
    public void Json_WhenPlain_IsTheValueItself(string value)
    {
        var payload = Plain(value);

        Assert.Equal(value, Written(payload));
        Assert.Equal(payload, Read(value));
    }

    [Fact]
    public void Nothing_WhenBinaryNull_IsNull()
    {
        var payload = Payload("", ("encoding", "binary/null"));

        Assert.Equal("null", Written(payload));
        Assert.Equal(new Payloads { Payloads_ = { payload } }, ReadList("[null]"));
    }

    [Fact]
    public void Proto_WhenItsTypeIsKnown_IsTheObjectWithItsType()
    {
        var payload = Payload("""{"workflowId":"w"}""", ("encoding", "json/protobuf"), ("messageType", "a.B"));

        Assert.Equal("""{"workflowId":"w","_protoMessageType":"a.B"}""", Written(payload));
        Assert.Equal(payload, Read("""{"workflowId":"w","_protoMessageType":"a.B"}"""));
    }

    [Fact]
    public void Payload_WhenItHasMoreToSay_KeepsTheFullForm()
    {
        Payload[] payloads =
        [
            Payload("1", ("encoding", "json/plain"), ("type", "Int")),
            Payload("x", ("encoding", "binary/encrypted")),
            Payload("{broken", ("encoding", "json/plain")),
            Payload("1", ("encoding", "json/protobuf")),
            Payload("[]", ("encoding", "json/protobuf"), ("messageType", "a.B")),
            new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFrom(0x22, 0xff, 0x22) },
        ];

        foreach (var payload in payloads)
        {
            var json = Written(payload);

            Assert.StartsWith("{\"metadata\":{\"encoding\":", json, StringComparison.Ordinal);
            Assert.Equal(payload, Read(json));
        }
    }

    [Fact]
    public void List_WhenAllAreShort_IsAnArray() => Assert.Equal(
        """[1,null,{"a":2}]""",
        Written(new Payloads { Payloads_ = { Plain("1"), Payload("", ("encoding", "binary/null")), Plain("""{"a":2}""") } }));

    [Fact]
    public void List_WhenEmpty_IsAnEmptyArray() => Assert.Equal("[]", Written(new Payloads()));

    [Fact]
    public void List_WhenOneIsNotShort_IsWhollyInItsFullForm()
    {
        var payloads = new Payloads { Payloads_ = { Plain("1"), Payload("x", ("encoding", "binary/plain")) } };

        var json = Written(payloads);

        // Within the full list each payload is written for itself, as a Temporal server does.
        Assert.Equal("""{"payloads":[1,{"metadata":{"encoding":"YmluYXJ5L3BsYWlu"},"data":"eA=="}]}""", json);
        Assert.Equal(payloads, ReadList(json));
    }

    [Fact]
    public void Object_WhenItLooksLikeAPayloadButIsNone_IsPlainJson()
    {
        foreach (var json in new[] { """{"metadata":{"a":"*"},"data":"eA=="}""", """{"metadata":{"a":"YQ=="},"data":"eA==","b":1}""", """{"metadata":{"a":"YQ=="}}""" })
        {
            Assert.Equal(Plain(json), Read(json));
        }
    }

    [Fact]
    public void Map_WhenItsValuesArePayloads_HoldsValues()
    {
        var memo = new Memo { Fields = { ["note"] = Plain("\"fragile\"") } };

        Assert.Equal("""{"fields":{"note":"fragile"}}""", Written(memo));
        Assert.Equal(memo, MessageJson.Read("""{"fields":{"note":"fragile"}}"""u8.ToArray(), Memo.Descriptor, JsonForm.Default));
    }

    [Fact]
    public void Shorthand_WhenNotWanted_IsNeitherWrittenNorRead()
    {
        Assert.Equal(
            """{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"MQ=="}""",
            Encoding.UTF8.GetString(MessageJson.Write(Plain("1"), JsonForm.Full)));
        Assert.Throws<UnreadableJsonException>(() => MessageJson.Read("[1]"u8.ToArray(), Payloads.Descriptor, JsonForm.Full));
    }

    [Fact]
    public void Pretty_WhenWanted_ReachesIntoTheValues() => Assert.Equal(
        "[\n  {\n    \"a\": 1\n  }\n]",
        Encoding.UTF8.GetString(MessageJson.Write(
            new Payloads { Payloads_ = { Plain("""{"a":1}""") } }, new JsonForm(IsPretty: true, HasShorthand: true))));

    private static string Written(IMessage message) => Encoding.UTF8.GetString(MessageJson.Write(message, JsonForm.Default));

    private static Payload Read(string json) =>
        (Payload)MessageJson.Read(Encoding.UTF8.GetBytes(json), Temporalio.Api.Common.V1.Payload.Descriptor, JsonForm.Default);

    private static Payloads ReadList(string json) =>
        (Payloads)MessageJson.Read(Encoding.UTF8.GetBytes(json), Payloads.Descriptor, JsonForm.Default);

    private static Payload Plain(string json) => Payload(json, ("encoding", "json/plain"));

    private static Payload Payload(string data, params (string Key, string Value)[] metadata)
    {
        var payload = new Payload { Data = ByteString.CopyFromUtf8(data) };
        foreach (var (key, value) in metadata)
        {
            payload.Metadata[key] = ByteString.CopyFromUtf8(value);
        }

        return payload;
    }
}
