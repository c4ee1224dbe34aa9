using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Registry;

namespace Kubernetes.Api.Hosting;

/// <summary>The roles that exist before anybody makes one (kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy), as far as clients need them.</summary>
internal static class BootstrapRoles
{
    private static readonly string[] Discovery = ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"];

    public static async Task RunAsync(ApiContext api, CancellationToken stop)
    {
        await RoleAsync(api, "cluster-admin", [Rule(["*"], ["*"], ["*"]), Paths(["*"], ["*"])], "system:masters", stop);
        await RoleAsync(api, "system:discovery", [Paths(["get"], Discovery)], "system:authenticated", stop);
        await RoleAsync(
            api, "system:basic-user",
            [
                Rule(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
                Rule(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"]),
            ],
            "system:authenticated", stop);
    }

    private static async Task RoleAsync(ApiContext api, string name, JsonObject[] rules, string group, CancellationToken stop)
    {
        const string rbac = "rbac.authorization.k8s.io";
        var role = new JsonObject { ["metadata"] = Metadata(name), ["rules"] = new JsonArray([.. rules]) };
        await api.Creation.CreateAsync(new WriteRequest(api.Resources.Find(rbac, "v1", "clusterroles")!, "", name, UserInfo.Loopback), role, stop);
        var binding = new JsonObject
        {
            ["metadata"] = Metadata(name),
            ["roleRef"] = new JsonObject { ["apiGroup"] = rbac, ["kind"] = "ClusterRole", ["name"] = name },
            ["subjects"] = new JsonArray(new JsonObject { ["apiGroup"] = rbac, ["kind"] = "Group", ["name"] = group }),
        };
        await api.Creation.CreateAsync(new WriteRequest(api.Resources.Find(rbac, "v1", "clusterrolebindings")!, "", name, UserInfo.Loopback), binding, stop);
    }

    private static JsonObject Metadata(string name) =>
        new() { ["name"] = name, ["labels"] = new JsonObject { ["kubernetes.io/bootstrapping"] = "rbac-defaults" } };

    private static JsonObject Rule(string[] verbs, string[] groups, string[] resources) =>
        new Authorization.PolicyRule(verbs, groups, resources, [], []).ToJson();

    private static JsonObject Paths(string[] verbs, string[] paths) => new Authorization.PolicyRule(verbs, [], [], [], paths).ToJson();
}
