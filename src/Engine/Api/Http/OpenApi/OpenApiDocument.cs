using System.Text.Json.Nodes;
using AugmentedOS.Engine.Api.Cluster;
using AugmentedOS.Engine.Api.Http.Routing;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.OpenApi;

/// <summary>The HTTP API's description, for tools that make clients: made from the same descriptors as its routes.
/// </summary>
internal static class OpenApiDocument
{
    private const string Json = "application/json";

    /// <summary>OpenAPI 2, known as Swagger.</summary>
    public static JsonObject Version2()
    {
        var schemas = new Schemas("#/definitions/");
        var paths = Paths((binding, id) => new JsonObject
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(binding.Rpc.Service.Name),
            ["parameters"] = new JsonArray([.. Parameters2(binding, schemas)]),
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "A successful response.", ["schema"] = schemas.Of(binding.Rpc.OutputType) },
                ["default"] = new JsonObject { ["description"] = "A refusal.", ["schema"] = schemas.OfRefusal() },
            },
        });
        return new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = Info(),
            ["consumes"] = new JsonArray(Json),
            ["produces"] = new JsonArray(Json),
            ["paths"] = paths,
            ["definitions"] = schemas.All,
        };
    }

    /// <summary>OpenAPI 3.</summary>
    public static JsonObject Version3()
    {
        var schemas = new Schemas("#/components/schemas/");
        var paths = Paths((binding, id) =>
        {
            var operation = new JsonObject
            {
                ["operationId"] = id,
                ["tags"] = new JsonArray(binding.Rpc.Service.Name),
                ["parameters"] = new JsonArray([.. Parameters3(binding, schemas)]),
            };
            if (binding.Body == HttpBinding.WholeBody)
            {
                operation["requestBody"] = new JsonObject { ["content"] = Content(schemas.Of(binding.Rpc.InputType)) };
            }

            operation["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "OK", ["content"] = Content(schemas.Of(binding.Rpc.OutputType)) },
                ["default"] = new JsonObject { ["description"] = "A refusal.", ["content"] = Content(schemas.OfRefusal()) },
            };
            return operation;
        });
        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = Info(),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.All },
        };
    }

    private static JsonObject Info() => new()
    {
        ["title"] = "Temporal API",
        ["description"] = "Durable workflows over HTTP and JSON.",
        ["version"] = GetSystemInfo.ServerVersion,
    };

    /// <summary>All paths; those that differ only by their method share one entry. Ids are unique: a method has several
    /// bindings.</summary>
    private static JsonObject Paths(Func<HttpBinding, string, JsonObject> describe)
    {
        var paths = new JsonObject();
        var bindings = HttpServices.All.SelectMany(HttpBindings.Of)
            .GroupBy(binding => binding.Rpc)
            .SelectMany(same => same.Select((binding, n) => (binding, Id: IdOf(same.Key, n))))
            .OrderBy(pair => pair.binding.Path.Text, StringComparer.Ordinal);
        foreach (var (binding, id) in bindings)
        {
            if (paths[binding.Path.Text] is not JsonObject methods)
            {
                paths[binding.Path.Text] = methods = [];
            }

            methods[binding.Verb.ToLowerInvariant()] = describe(binding, id);
        }

        return paths;
    }

    private static string IdOf(MethodDescriptor method, int n) =>
        n == 0 ? $"{method.Service.Name}_{method.Name}" : $"{method.Service.Name}_{method.Name}{n + 1}";

    private static IEnumerable<JsonNode> Parameters2(HttpBinding binding, Schemas schemas)
    {
        foreach (var (name, place, field) in Parameters.Of(binding))
        {
            var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = place == "path" };
            var schema = schemas.Of(field);
            foreach (var (key, value) in schema["$ref"] is null ? schema : new JsonObject { ["type"] = "string" })
            {
                parameter[key] = key == "items" && value?["$ref"] is not null
                    ? new JsonObject { ["type"] = "string" }
                    : value?.DeepClone();
            }

            yield return parameter;
        }

        if (binding.Body == HttpBinding.WholeBody)
        {
            yield return new JsonObject
            {
                ["name"] = "body",
                ["in"] = "body",
                ["required"] = true,
                ["schema"] = schemas.Of(binding.Rpc.InputType),
            };
        }
    }

    private static IEnumerable<JsonNode> Parameters3(HttpBinding binding, Schemas schemas) =>
        Parameters.Of(binding).Select(parameter => new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["required"] = parameter.In == "path",
            ["schema"] = schemas.Of(parameter.Field),
        });

    private static JsonObject Content(JsonObject schema) =>
        new() { [Json] = new JsonObject { ["schema"] = schema } };
}
