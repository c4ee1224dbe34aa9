using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Namespaces: held by spec.finalizers until their contents are gone.</summary>
internal static class NamespaceStrategy
{
    public static ResourceStrategy Strategy { get; } = new()
    {
        Names = NameRule.DnsLabel,
        Default = space => space.Sub("metadata").Sub("labels")["kubernetes.io/metadata.name"] = space.Text("metadata", "name"),
        PrepareForCreate = space =>
        {
            space["status"] = new JsonObject { ["phase"] = "Active" };
            space["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
        },
        // spec.finalizers changes through /finalize only
        PrepareForUpdate = (space, old) => space.CopyMember("spec", old),
        FieldNames = ["status.phase"],
        Fields = space => [("status.phase", space.Text("status", "phase") ?? "")],
    };
}
