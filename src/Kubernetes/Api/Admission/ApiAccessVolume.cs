using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>
/// The projected volume <c>kube-api-access-xxxxx</c> at the place where client-go looks for the credentials of its cluster. A container that
/// mounts something else there keeps it.
/// </summary>
internal static class ApiAccessVolume
{
    /// <summary>How the volumes are named that admission adds.</summary>
    private const string NamePrefix = "kube-api-access-";

    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    // an hour and a little: client programs can tell it from a lifetime that somebody chose
    private const int TokenSeconds = 3607;
    private const int DefaultMode = 420;

    public static void Mount(JsonObject spec, NameGenerator names)
    {
        var present = spec.Items("volumes").Select(volume => volume.Text("name")).FirstOrDefault(name => name?.StartsWith(NamePrefix, StringComparison.Ordinal) == true);
        var name = present ?? names.Generate(NamePrefix);
        var mounted = false;
        foreach (var container in spec.Items("initContainers").Concat(spec.Items("containers")))
        {
            if (container.Items("volumeMounts").All(mount => mount.Text("mountPath") != MountPath))
            {
                Add(container, "volumeMounts", new JsonObject { ["name"] = name, ["readOnly"] = true, ["mountPath"] = MountPath });
                mounted = true;
            }
        }
        if (mounted && present is null)
        {
            Add(spec, "volumes", Volume(name));
        }
    }

    private static void Add(JsonObject owner, string list, JsonObject item)
    {
        if (owner.Array(list) is not { } items)
        {
            owner[list] = items = [];
        }
        items.Add((JsonNode)item);
    }

    private static JsonObject Volume(string name) => new()
    {
        ["name"] = name,
        ["projected"] = new JsonObject
        {
            ["defaultMode"] = DefaultMode,
            ["sources"] = new JsonArray(
                new JsonObject { ["serviceAccountToken"] = new JsonObject { ["expirationSeconds"] = TokenSeconds, ["path"] = "token" } },
                new JsonObject
                {
                    ["configMap"] = new JsonObject
                    {
                        ["name"] = "kube-root-ca.crt", ["items"] = new JsonArray(new JsonObject { ["key"] = "ca.crt", ["path"] = "ca.crt" }),
                    },
                },
                new JsonObject
                {
                    ["downwardAPI"] = new JsonObject
                    {
                        ["items"] = new JsonArray(new JsonObject
                        {
                            ["path"] = "namespace", ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                        }),
                    },
                }),
        },
    };
}
