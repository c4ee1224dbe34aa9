using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>
/// The value of the rollouts-pod-template-hash label: upstream's own, FNV-1a over the template as Go writes it, then the
/// collision count as eight little-endian bytes (utils/hash/hash.go; v1.9 no longer writes creationTimestamp: null).
/// </summary>
internal static class PodTemplateHash
{
    public static string Of(V1PodTemplateSpec template, int? collisionCount)
    {
        var json = GoJson.Write(JsonNode.Parse(KubernetesJson.Serialize(template)), "PodTemplateSpec");
        var bytes = Encoding.UTF8.GetBytes(json);
        if (collisionCount is { } count)
        {
            Array.Resize(ref bytes, bytes.Length + 8);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 8), count);
        }

        return SafeEncoding.Hash(bytes);
    }
}
