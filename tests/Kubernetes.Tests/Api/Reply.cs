using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>An answer: its code, its body as text and as JSON, its headers.</summary>
public sealed record Reply(int Code, string Text, JsonNode? Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Message => Body?["message"]?.GetValue<string>();

    public string? Reason => Body?["reason"]?.GetValue<string>();

    public string Version => Body!["metadata"]!["resourceVersion"]!.GetValue<string>();

    public string Name => Body!["metadata"]!["name"]!.GetValue<string>();

    public JsonArray Items => Body!["items"]!.AsArray();

    public IEnumerable<string> ItemNames => Items.Select(item => item!["metadata"]!["name"]!.GetValue<string>());

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonNode? body = null;
        try
        {
            body = text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // text it is
        }
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, text, body, headers);
    }
}
