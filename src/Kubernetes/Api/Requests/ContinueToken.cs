using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Requests;

/// <summary>Where a chunked list goes on: the snapshot's revision (-1: whatever is newest) and the last key given.</summary>
internal sealed record ContinueToken(long Revision, string Namespace, string Name)
{
    public string Encode() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = Revision, ["start"] = $"{Namespace}/{Name}" }.ToJsonString()));

    public ObjectKey After(string resource) => new(resource, Namespace, Name);

    /// <exception cref="ApiException">400: not a token.</exception>
    public static ContinueToken Decode(string text)
    {
        try
        {
            var node = JsonBody.Parse(Base64Url.DecodeFromChars(text)).Root;
            if (node.Number("rv") is { } revision && node.Text("start")?.Split('/') is [var space, var name])
            {
                return new ContinueToken(revision, space, name);
            }
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // refused below
        }
        throw StatusErrors.BadRequest($"invalid continue token: continue key is not valid: {text}");
    }
}
