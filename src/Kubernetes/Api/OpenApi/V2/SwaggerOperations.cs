using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.OpenApi.V2;

/// <summary>Paths of OpenAPI v3 as v2 writes them: bodies are parameters, media types belong to the operation.</summary>
internal static class SwaggerOperations
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];
    private static readonly string[] Answers = ["application/json", "application/yaml"];

    /// <summary>A copy of a v3 path item in the form of v2.</summary>
    public static JsonObject Convert(JsonObject path)
    {
        var converted = new JsonObject();
        foreach (var method in Methods)
        {
            if (path.Object(method) is { } operation)
            {
                converted[method] = Operation(operation);
            }
        }
        return converted;
    }

    private static JsonObject Operation(JsonObject operation)
    {
        var converted = new JsonObject { ["produces"] = List(Answers) };
        var parameters = new JsonArray();
        if (operation.Object("requestBody", "content") is { Count: > 0 } content)
        {
            converted["consumes"] = List(content.Select(type => type.Key));
            parameters.Add((JsonNode)new JsonObject
            {
                ["name"] = "body", ["in"] = "body", ["required"] = true, ["schema"] = SwaggerSchemas.Convert(content.First().Value.Object("schema") ?? []),
            });
        }
        foreach (var parameter in operation.Items("parameters"))
        {
            parameters.Add((JsonNode)new JsonObject
            {
                ["name"] = parameter["name"]?.DeepClone(), ["in"] = "query", ["type"] = parameter.Text("schema", "type") ?? "string", ["uniqueItems"] = true,
            });
        }
        converted["parameters"] = parameters;
        var ok = new JsonObject { ["description"] = "OK" };
        if (operation.At("responses", "200", "content", "application/json").Object("schema") is { } answer)
        {
            ok["schema"] = SwaggerSchemas.Convert(answer);
        }
        converted["responses"] = new JsonObject { ["200"] = ok };
        foreach (var (name, value) in operation.Where(member => member.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            converted[name] = value?.DeepClone();
        }
        return converted;
    }

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
