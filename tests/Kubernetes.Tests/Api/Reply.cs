using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire.Protobuf;

namespace Kubernetes.Tests.Api;

/// <summary>An answer: its code, its body as text and as JSON, also when it came in protobuf, its headers.</summary>
public sealed record Reply(int Code, string Text, JsonNode? Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Message => Body?["message"]?.GetValue<string>();

    public string? Reason => Body?["reason"]?.GetValue<string>();

    public string Type => Headers["Content-Type"];

    public string Kind => Body!["kind"]!.GetValue<string>();

    public string Version => Body!["metadata"]!["resourceVersion"]!.GetValue<string>();

    public string Name => Body!["metadata"]!["name"]!.GetValue<string>();

    public JsonArray Items => Body!["items"]!.AsArray();

    public IEnumerable<string> ItemNames => Items.Select(item => item!["metadata"]!["name"]!.GetValue<string>());

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(bytes);
        JsonNode? body = null;
        try
        {
            body = bytes.AsSpan().StartsWith("k8s\0"u8) ? ProtobufBody.Parse(bytes)
                : text.Length == 0 ? null
                : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // text it is
        }
        // as they were sent: media types would be written anew
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, text, body, headers);
    }
}
