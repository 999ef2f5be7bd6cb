using System.Net;
using System.Text.Json.Nodes;
using AugmentedOS.Engine.Api.Http;
using AugmentedOS.Engine.Api.Http.OpenApi;
using AugmentedOS.Engine.Api.Http.Routing;
using YamlDotNet.Serialization;

namespace AugmentedOS.Engine.Tests.Api.Http;

public sealed class OpenApiTests(HttpEngine engine) : IClassFixture<HttpEngine>
{
    [Fact]
    public async Task Swagger_WhenAsked_DescribesEveryBinding()
    {
        var answer = (await engine.GetAsync("/swagger.json")).Expect(HttpStatusCode.OK);

        Assert.Equal("application/vnd.oai.openapi+json; version=2.0", answer.ContentType);
        AssertComplete(answer.Json, "#/definitions/", answer.Json["definitions"]!.AsObject());
        var start = answer.Json["paths"]!["/api/v1/namespaces/{namespace}/workflows/{workflow_id}"]!["post"]!;
        Assert.Equal(
            ["namespace:path", "workflow_id:path", "body:body"],
            start["parameters"]!.AsArray().Select(p => $"{p!["name"]}:{p["in"]}"));
    }

    [Fact]
    public async Task OpenApi_WhenAsked_IsTheDocumentInYaml()
    {
        var answer = (await engine.GetAsync("/openapi.yaml")).Expect(HttpStatusCode.OK);

        var document = OpenApiDocument.Version3();
        Assert.Equal("application/vnd.oai.openapi; version=3.0", answer.ContentType);
        AssertComplete(document, "#/components/schemas/", document["components"]!["schemas"]!.AsObject());
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(answer.Body)!;
        Assert.True(JsonNode.DeepEquals(document, ToJson(read)), "The YAML does not say what the document says.");
    }

    [Fact]
    public void Query_WhenAMethodReads_ListsItsFields()
    {
        var history = OpenApiDocument.Version3()["paths"]!["/api/v1/namespaces/{namespace}/workflows/{execution.workflow_id}/history"]!["get"]!;

        Assert.Equal(
            [
                "namespace:path", "execution.workflow_id:path", "execution.runId:query", "maximumPageSize:query", "nextPageToken:query",
                "waitNewEvent:query", "historyEventFilterType:query", "skipArchival:query",
            ],
            history["parameters"]!.AsArray().Select(p => $"{p!["name"]}:{p["in"]}"));
    }

    private static void AssertComplete(JsonNode document, string prefix, JsonObject schemas)
    {
        foreach (var binding in HttpServices.All.SelectMany(HttpBindings.Of))
        {
            Assert.NotNull(document["paths"]![binding.Path.Text]![binding.Verb.ToLowerInvariant()]);
        }

        var ids = Nodes(document).OfType<JsonObject>().Select(node => node["operationId"]).OfType<JsonValue>()
            .Select(id => (string)id!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var reference in Nodes(document["paths"]!).Concat(Nodes(schemas)).OfType<JsonObject>()
            .Select(node => node["$ref"]).OfType<JsonValue>().Select(value => (string)value!).Distinct())
        {
            Assert.StartsWith(prefix, reference, StringComparison.Ordinal);
            Assert.True(schemas.ContainsKey(reference[prefix.Length..]), $"{reference} leads nowhere");
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode root) => root switch
    {
        JsonObject o => o.Select(p => p.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(o),
        JsonArray a => a.OfType<JsonNode>().SelectMany(Nodes),
        _ => [root],
    };

    private static JsonNode? ToJson(object? yaml) => yaml switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(p => KeyValuePair.Create((string)p.Key, ToJson(p.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(ToJson)]),
        bool flag => flag,
        string text => text,
        _ => throw new InvalidOperationException($"{yaml} is not expected."),
    };
}
