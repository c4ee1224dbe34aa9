using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Registry;

namespace Kubernetes.Api.Hosting;

/// <summary>What every cluster has from the beginning: the system namespaces and the service of the API itself.</summary>
internal static class Bootstrap
{
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public static async Task RunAsync(ApiContext api, Uri address, CancellationToken stop)
    {
        var namespaces = api.Resources.Find("", "v1", "namespaces")!;
        foreach (var name in Namespaces)
        {
            var space = new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } };
            await api.Creation.CreateAsync(new WriteRequest(namespaces, "", name, UserInfo.Loopback), space, stop);
        }
        var labels = new JsonObject { ["component"] = "apiserver", ["provider"] = "kubernetes" };
        var service = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "kubernetes", ["namespace"] = "default", ["labels"] = labels },
            ["spec"] = new JsonObject
            {
                ["ports"] = new JsonArray(new JsonObject { ["name"] = "https", ["port"] = 443, ["protocol"] = "TCP", ["targetPort"] = address.Port }),
            },
        };
        await api.Creation.CreateAsync(new WriteRequest(api.Resources.Find("", "v1", "services")!, "default", "kubernetes", UserInfo.Loopback), service, stop);
        await api.Creation.CreateAsync(new WriteRequest(api.Resources.Find("", "v1", "endpoints")!, "default", "kubernetes", UserInfo.Loopback), Endpoints(address), stop);
    }

    private static JsonObject Endpoints(Uri address) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = "kubernetes",
            ["namespace"] = "default",
            ["labels"] = new JsonObject { ["endpointslice.kubernetes.io/skip-mirror"] = "true" },
        },
        ["subsets"] = new JsonArray(new JsonObject
        {
            ["addresses"] = new JsonArray(new JsonObject { ["ip"] = address.Host }),
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "https", ["port"] = address.Port, ["protocol"] = "TCP" }),
        }),
    };
}
