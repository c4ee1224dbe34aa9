using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.OpenApi.V2;

/// <summary>
/// An OpenAPI v2 document as the protobuf message openapi.v2.Document, which is all that client-go asks for (google/gnostic
/// openapiv2/OpenAPIv2.proto gives the numbers of the fields). Values of any shape are YAML texts there; JSON is YAML.
/// </summary>
internal static class SwaggerProtobuf
{
    public static byte[] Write(JsonObject document)
    {
        var info = new SwaggerMessage().Text(1, document.Text("info", "title")).Text(2, document.Text("info", "version"));
        var paths = new SwaggerMessage();
        foreach (var (name, item) in document.Object("paths") ?? [])
        {
            paths.Message(2, new SwaggerMessage().Text(1, name).Message(2, Path((JsonObject)item!)));
        }
        return new SwaggerMessage()
            .Text(1, document.Text("swagger"))
            .Message(2, info)
            .Message(8, paths)
            .Message(9, SwaggerSchemaMessage.Named(document.Object("definitions") ?? []))
            .ToBytes();
    }

    private static SwaggerMessage Path(JsonObject item)
    {
        var message = new SwaggerMessage();
        foreach (var (method, field) in ((string, int)[])[("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8)])
        {
            if (item.Object(method) is { } operation)
            {
                message.Message(field, Operation(operation));
            }
        }
        return message;
    }

    private static SwaggerMessage Operation(JsonObject operation)
    {
        var message = new SwaggerMessage();
        Texts(message, 6, operation.Texts("produces"));
        Texts(message, 7, operation.Texts("consumes"));
        foreach (var parameter in operation.Items("parameters"))
        {
            message.Message(8, new SwaggerMessage().Message(1, Parameter(parameter)));
        }
        var responses = new SwaggerMessage();
        foreach (var (code, response) in operation.Object("responses") ?? [])
        {
            responses.Message(1, new SwaggerMessage().Text(1, code).Message(2, new SwaggerMessage().Message(1, Response((JsonObject)response!))));
        }
        message.Message(9, responses);
        SwaggerSchemaMessage.Extensions(message, 13, operation);
        return message;
    }

    private static SwaggerMessage Parameter(JsonObject parameter) => parameter.Text("in") == "body"
        ? new SwaggerMessage().Message(1, new SwaggerMessage()
            .Text(2, parameter.Text("name"))
            .Text(3, "body")
            .Flag(4, parameter.Flag("required") == true)
            .Message(5, SwaggerSchemaMessage.Of(parameter.Object("schema") ?? [])))
        : new SwaggerMessage().Message(2, new SwaggerMessage().Message(3, new SwaggerMessage()
            .Text(2, parameter.Text("in"))
            .Text(4, parameter.Text("name"))
            .Text(6, parameter.Text("type"))
            .Flag(20, parameter.Flag("uniqueItems") == true)));

    private static SwaggerMessage Response(JsonObject response)
    {
        var message = new SwaggerMessage().Text(1, response.Text("description"));
        return response.Object("schema") is { } schema ? message.Message(2, new SwaggerMessage().Message(1, SwaggerSchemaMessage.Of(schema))) : message;
    }

    private static void Texts(SwaggerMessage message, int field, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            message.Text(field, value);
        }
    }
}
