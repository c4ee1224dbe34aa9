using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using k8s;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>
/// Whether a live ReplicaSet's template is the one desired, apart from its hash label and the defaults that the API server
/// filled in (utils/replicaset, PodTemplateEqualIgnoreHash). Both sides are compared without their defaulted fields.
/// </summary>
internal static class PodTemplateEquality
{
    private static readonly Dictionary<string, string> DefaultValues = new()
    {
        ["terminationMessagePath"] = "\"/dev/termination-log\"",
        ["terminationMessagePolicy"] = "\"File\"",
        ["restartPolicy"] = "\"Always\"",
        ["dnsPolicy"] = "\"ClusterFirst\"",
        ["schedulerName"] = "\"default-scheduler\"",
        ["terminationGracePeriodSeconds"] = "30",
        ["enableServiceLinks"] = "true",
        ["protocol"] = "\"TCP\"",
        ["scheme"] = "\"HTTP\"",
        ["timeoutSeconds"] = "1",
        ["periodSeconds"] = "10",
        ["successThreshold"] = "1",
        ["failureThreshold"] = "3",
        ["defaultMode"] = "420",
        ["expirationSeconds"] = "3600",
    };

    public static bool EqualIgnoreHash(V1PodTemplateSpec live, V1PodTemplateSpec desired) => Canonical(live) == Canonical(desired);

    private static string Canonical(V1PodTemplateSpec template)
    {
        var json = JsonNode.Parse(KubernetesJson.Serialize(template))!;
        (json["metadata"]?["labels"] as JsonObject)?.Remove(RolloutsKeys.PodTemplateHash);
        if (json["spec"] is JsonObject spec)
        {
            spec.Remove("serviceAccount"); // deprecated twin of serviceAccountName, set on live objects only: issue 1356
            Strip(spec);
        }

        return GoJson.Write(json, "PodTemplateSpec");
    }

    private static void Strip(JsonObject value)
    {
        foreach (var (name, member) in value.ToList())
        {
            switch (member)
            {
                case JsonObject child:
                    Strip(child);
                    if (name is "securityContext" && child.Count == 0)
                    {
                        value.Remove(name);
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list.OfType<JsonObject>())
                    {
                        Strip(item);
                    }

                    break;
                case not null when IsDefault(value, name, member):
                    value.Remove(name);
                    break;
            }
        }
    }

    private static bool IsDefault(JsonObject parent, string name, JsonNode member) => name switch
    {
        "imagePullPolicy" => member.GetValue<string>() == DefaultPullPolicy(parent["image"]?.GetValue<string>()),
        "apiVersion" when parent.ContainsKey("fieldPath") => member.GetValue<string>() == "v1",
        "path" when parent.ContainsKey("port") => member.GetValue<string>() == "/",
        "type" => member.GetValueKind() == JsonValueKind.String && member.GetValue<string>().Length == 0,
        _ => DefaultValues.TryGetValue(name, out var value) && member.ToJsonString() == value,
    };

    private static string DefaultPullPolicy(string? image)
    {
        var tag = image?[(image.LastIndexOf('/') + 1)..].Split('@')[0].Split(':') is [_, var named] ? named : "latest";
        return tag == "latest" && image?.Contains('@') != true ? "Always" : "IfNotPresent";
    }
}
