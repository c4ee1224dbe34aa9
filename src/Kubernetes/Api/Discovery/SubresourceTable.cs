using Kubernetes.Api.Resources;

namespace Kubernetes.Api.Discovery;

/// <summary>A subresource as discovery names it: the kind it speaks and its verbs.</summary>
internal sealed record SubresourceEntry(string Name, string Group, string Version, string Kind, string[] Verbs);

internal static class SubresourceTable
{
    private static readonly string[] ReadWrite = ["get", "patch", "update"];
    private static readonly string[] Create = ["create"];
    private static readonly string[] Connect = ["create", "get"];

    public static IEnumerable<SubresourceEntry> Of(ResourceInfo resource) => resource.Subresources.Select(name => name switch
    {
        "scale" => new SubresourceEntry(name, "autoscaling", "v1", "Scale", ReadWrite),
        "binding" => new SubresourceEntry(name, "", "v1", "Binding", Create),
        "eviction" => new SubresourceEntry(name, "policy", "v1", "Eviction", Create),
        "token" => new SubresourceEntry(name, "authentication.k8s.io", "v1", "TokenRequest", Create),
        "log" => new SubresourceEntry(name, "", "v1", "Pod", ["get"]),
        "exec" => new SubresourceEntry(name, "", "v1", "PodExecOptions", Connect),
        "attach" => new SubresourceEntry(name, "", "v1", "PodAttachOptions", Connect),
        "portforward" => new SubresourceEntry(name, "", "v1", "PodPortForwardOptions", Connect),
        "finalize" => new SubresourceEntry(name, resource.Group, resource.Version, resource.Kind, ["update"]),
        _ => new SubresourceEntry(name, resource.Group, resource.Version, resource.Kind, ReadWrite),
    });
}
