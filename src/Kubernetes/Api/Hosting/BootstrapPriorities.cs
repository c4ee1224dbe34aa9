using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Registry;

namespace Kubernetes.Api.Hosting;

/// <summary>The two classes that every cluster has (kubernetes pkg/apis/scheduling/v1/helpers.go).</summary>
internal static class BootstrapPriorities
{
    public static async Task RunAsync(ApiContext api, CancellationToken stop)
    {
        await CreateAsync(
            api, "system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node.", stop);
        await CreateAsync(
            api, "system-cluster-critical", 2_000_000_000,
            "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.", stop);
    }

    private static Task CreateAsync(ApiContext api, string name, long value, string description, CancellationToken stop) =>
        api.Creation.CreateAsync(
            new WriteRequest(api.Resources.Find("scheduling.k8s.io", "v1", "priorityclasses")!, "", name, UserInfo.Loopback),
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["value"] = value, ["description"] = description },
            stop);
}
