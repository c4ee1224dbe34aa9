using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.Registry;

namespace Kubernetes.Api.Hosting;

/// <summary>Creates what <see cref="BootstrapPolicy"/> says; a controller fills the aggregated roles.</summary>
internal static class BootstrapRoles
{
    private const string AggregationLabel = "rbac.authorization.k8s.io/aggregate-to-";

    public static async Task RunAsync(ApiContext api, CancellationToken stop)
    {
        foreach (var role in BootstrapPolicy.Roles())
        {
            await CreateAsync(api, "clusterroles", role.Name, Role(role), stop);
            if (role.Groups.Length + role.Users.Length > 0)
            {
                await CreateAsync(api, "clusterrolebindings", role.Name, Binding(role), stop);
            }
        }
    }

    private static Task<WriteResult> CreateAsync(ApiContext api, string plural, string name, JsonObject document, CancellationToken stop) =>
        api.Creation.CreateAsync(new WriteRequest(api.Resources.Find(RbacIndex.Group, "v1", plural)!, "", name, UserInfo.Loopback), document, stop);

    private static JsonObject Role(BootstrapRole role)
    {
        var metadata = Metadata(role.Name);
        if (role.AggregateTo is { } target)
        {
            metadata["labels"]![AggregationLabel + target] = "true";
        }
        var document = new JsonObject
        {
            ["metadata"] = metadata,
            ["rules"] = role.Aggregates ? null : new JsonArray([.. role.Rules.Select(rule => (JsonNode)rule.ToJson())]),
        };
        if (role.Aggregates)
        {
            var selector = new JsonObject { ["matchLabels"] = new JsonObject { [AggregationLabel + role.Name] = "true" } };
            document["aggregationRule"] = new JsonObject { ["clusterRoleSelectors"] = new JsonArray(selector) };
        }
        return document;
    }

    private static JsonObject Binding(BootstrapRole role) => new()
    {
        ["metadata"] = Metadata(role.Name),
        ["roleRef"] = new JsonObject { ["apiGroup"] = RbacIndex.Group, ["kind"] = "ClusterRole", ["name"] = role.Name },
        ["subjects"] = new JsonArray([.. role.Groups.Select(group => Subject("Group", group)), .. role.Users.Select(user => Subject("User", user))]),
    };

    private static JsonNode Subject(string kind, string name) => new JsonObject { ["apiGroup"] = RbacIndex.Group, ["kind"] = kind, ["name"] = name };

    private static JsonObject Metadata(string name) => new()
    {
        ["name"] = name,
        ["labels"] = new JsonObject { ["kubernetes.io/bootstrapping"] = "rbac-defaults" },
        ["annotations"] = new JsonObject { ["rbac.authorization.kubernetes.io/autoupdate"] = "true" },
    };
}
