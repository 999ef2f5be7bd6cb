using System.Text;
using System.Text.Json.Nodes;
using AugmentedOS.Engine.Api.Http.Json;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api.Http;

/// <summary>Our JSON and Google's are the same language.</summary>
public sealed class MessageJsonTests
{
    private static readonly TypeRegistry Types = TypeRegistry.FromFiles(
        Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor,
        Temporalio.Api.ErrorDetails.V1.MessageReflection.Descriptor);

    private static readonly JsonFormatter GoogleFormatter =
        new(JsonFormatter.Settings.Default.WithTypeRegistry(Types));

    private static readonly JsonParser GoogleParser = new(JsonParser.Settings.Default.WithTypeRegistry(Types));

    private static readonly JsonFormatter OriginalNames =
        new(JsonFormatter.Settings.Default.WithTypeRegistry(Types).WithPreserveProtoFieldNames(true));

    [Fact]
    public void Types_WhenListed_AreAllOfTheApi() => Assert.True(
        RandomMessages.AllTypes.Count > 600, $"only {RandomMessages.AllTypes.Count} types");

    [Fact]
    public void Written_WhateverTheMessage_IsWhatGoogleReads() => ForEveryType((message, type) =>
    {
        var json = Encoding.UTF8.GetString(MessageJson.Write(message, JsonForm.Full));

        AssertEqual(message, GoogleParser.Parse(json, type), json);
    });

    [Fact]
    public void Read_WhatGoogleWrites_IsTheMessage() => ForEveryType((message, type) =>
    {
        foreach (var formatter in new[] { GoogleFormatter, OriginalNames })
        {
            var json = formatter.Format(message);

            AssertEqual(message, MessageJson.Read(Encoding.UTF8.GetBytes(json), type, JsonForm.Full), json);
        }
    });

    [Fact]
    public void Written_InAnyForm_IsReadBack() => ForEveryType((message, type) =>
    {
        foreach (var form in new[] { JsonForm.Full, JsonForm.Full with { IsPretty = true } })
        {
            var json = MessageJson.Write(message, form);

            AssertEqual(message, MessageJson.Read(json, type, form), Encoding.UTF8.GetString(json));
        }
    });

    [Fact]
    public void Written_WhateverTheMessage_HasTheNamesAndKindsOfGoogles() => ForEveryType((message, _) =>
    {
        var ours = JsonNode.Parse(MessageJson.Write(message, JsonForm.Full));
        var theirs = JsonNode.Parse(GoogleFormatter.Format(message));

        Assert.Equal(Shape(theirs), Shape(ours));
    });

    [Theory]
    [InlineData("""{"workflowId":"w","workflow_id":"v"}""", "duplicate field \"workflow_id\"")]
    [InlineData("""{"nothing":1}""", "unknown field \"nothing\" in temporal.api.common.v1.WorkflowExecution")]
    [InlineData("""{"workflowId":1}""", "invalid value for string field workflowId: 1")]
    [InlineData("[]", "temporal.api.common.v1.WorkflowExecution needs an object, not []")]
    [InlineData("{", "syntax error")]
    public void Read_WhenItIsNotOfTheType_SaysWhatAndWhere(string json, string expected)
    {
        var wrong = Assert.Throws<UnreadableJsonException>(
            () => MessageJson.Read(Encoding.UTF8.GetBytes(json), WorkflowExecution.Descriptor, JsonForm.Default));

        Assert.StartsWith(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pageSize", "2147483648")]
    [InlineData("pageSize", "1.5")]
    [InlineData("pageSize", "true")]
    [InlineData("nextPageToken", "\"a*b\"")]
    [InlineData("query", "{}")]
    [InlineData("namespace", "\"\\ud800\"")]
    public void Read_WhenAValueDoesNotFit_Refuses(string field, string value) =>
        Assert.Throws<UnreadableJsonException>(() => MessageJson.Read(
            Encoding.UTF8.GetBytes($"{{\"{field}\":{value}}}"), ListWorkflowExecutionsRequest.Descriptor, JsonForm.Default));

    [Theory]
    [InlineData("\"WORKFLOW_ID_CONFLICT_POLICY_FAIL\"")]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("1.0")]
    public void Enum_WhenReadByNameOrNumber_IsTheValue(string value)
    {
        var request = (StartWorkflowExecutionRequest)MessageJson.Read(
            Encoding.UTF8.GetBytes($"{{\"workflow_id_conflict_policy\":{value}}}"),
            StartWorkflowExecutionRequest.Descriptor,
            JsonForm.Default);

        Assert.Equal(WorkflowIdConflictPolicy.Fail, request.WorkflowIdConflictPolicy);
    }

    [Fact]
    public void Null_WhereverItStands_IsTheDefault()
    {
        var request = (StartWorkflowExecutionRequest)MessageJson.Read(
            """{"input":null,"memo":null,"workflowId":null,"links":null}"""u8.ToArray(),
            StartWorkflowExecutionRequest.Descriptor,
            JsonForm.Default);

        Assert.Equal(new StartWorkflowExecutionRequest(), request);
    }

    private static void ForEveryType(Action<IMessage, MessageDescriptor> check) => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new RandomMessages(seed);
            foreach (var type in RandomMessages.AllTypes)
            {
                check(random.Next(type), type);
            }
        },
        iter: 3,
        threads: 1);

    private static void AssertEqual(IMessage expected, IMessage actual, string json) =>
        Assert.True(expected.Equals(actual), $"{expected.Descriptor.FullName}: {json}\nread as {actual}");

    /// <summary>Names and kinds, without the values: numbers may be written in more than one way.</summary>
    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject o => $"{{{string.Join(',', o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Shape(p.Value)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Shape))}]",
        JsonValue value => value.GetValueKind().ToString(),
        _ => "null",
    };
}
