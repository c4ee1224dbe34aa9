using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

internal static class NodeStrategy
{
    public static ResourceStrategy Strategy { get; } = new()
    {
        FieldNames = ["spec.unschedulable"],
        Fields = node => [("spec.unschedulable", node.Flag("spec", "unschedulable") == true ? "true" : "false")],
        Default = node => node.Sub("spec"),
    };
}
