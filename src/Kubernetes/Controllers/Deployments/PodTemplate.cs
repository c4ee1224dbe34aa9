using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>Identity of pod templates: equality that ignores the hash label, and the hash itself (<c>deployment/util</c>).</summary>
internal static class PodTemplate
{
    public const string HashLabel = "pod-template-hash";

    // upstream's rand.SafeEncodeString: no vowels, so that no word appears in a name
    private const string SafeLetters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Whether the two describe the same pods, whatever their hash labels.</summary>
    public static bool EqualsIgnoringHash(V1PodTemplateSpec a, V1PodTemplateSpec b)
        => JsonNode.DeepEquals(WithoutHash(a), WithoutHash(b));

    /// <summary>
    /// A short text that is the same for the same template, in every process; it need not be the one that kube-controller-manager
    /// computes, because an existing ReplicaSet is found by its template and not by its hash.
    /// </summary>
    public static string Hash(V1PodTemplateSpec template, int? collisionCount)
    {
        var text = new StringBuilder();
        WriteSorted(WithoutHash(template), text);
        text.Append(collisionCount ?? 0);
        var hash = 2166136261u;
        foreach (var @byte in SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))
        {
            hash = (hash ^ @byte) * 16777619u;
        }

        return string.Concat(hash.ToString().Select(digit => SafeLetters[digit % SafeLetters.Length]));
    }

    private static JsonObject WithoutHash(V1PodTemplateSpec template)
    {
        var json = (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(template))!;
        if (json["metadata"] is JsonObject metadata)
        {
            metadata.Remove("creationTimestamp");
            if (metadata["labels"] is JsonObject labels)
            {
                labels.Remove(HashLabel);
            }
        }

        return json;
    }

    private static void WriteSorted(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject @object:
                text.Append('{');
                foreach (var (name, value) in @object.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append(JsonEncodedText.Encode(name)).Append(':');
                    WriteSorted(value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray array:
                text.Append('[');
                foreach (var item in array)
                {
                    WriteSorted(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}
