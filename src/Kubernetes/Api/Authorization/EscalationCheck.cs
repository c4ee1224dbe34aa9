using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Authorization;

/// <summary>
/// Nobody gives away what they do not have: roles may hold only rules that their author holds (or who has the verb escalate), and bindings
/// refer only to roles whose rules their author holds (or who has the verb bind) (kubernetes pkg/registry/rbac policybased storage).
/// </summary>
internal static class EscalationCheck
{
    /// <param name="authorizer">Who may do what.</param>
    /// <param name="request">The write; others than those of roles and bindings pass.</param>
    /// <param name="document">What would be stored.</param>
    /// <param name="old">What it replaces, or null.</param>
    /// <exception cref="ApiException">403: naming what is missing.</exception>
    public static void Check(RbacAuthorizer authorizer, WriteRequest request, JsonObject document, JsonObject? old)
    {
        if (request.Resource.Group != RbacIndex.Group || request.User.IsMaster)
        {
            return;
        }
        if (request.Resource.Kind is "Role" or "ClusterRole")
        {
            CheckRole(authorizer, request, document, old);
        }
        else if (request.Resource.Kind is "RoleBinding" or "ClusterRoleBinding")
        {
            CheckBinding(authorizer, request, document, old);
        }
    }

    private static void CheckRole(RbacAuthorizer authorizer, WriteRequest request, JsonObject document, JsonObject? old)
    {
        if (old is not null && document["rules"].SameAs(old["rules"]) && document["aggregationRule"].SameAs(old["aggregationRule"]))
        {
            return;
        }
        if (authorizer.Allows(Asked(request, "escalate", request.Resource.Plural, request.Name)))
        {
            return;
        }
        var held = authorizer.RulesOf(request.User, request.Namespace).ToList();
        var aggregates = document["aggregationRule"] is not null || old?["aggregationRule"] is not null;
        if (aggregates && RuleCover.Missing(held, [new(["*"], ["*"], ["*"], [], []), new(["*"], [], [], [], ["*"])]).Count > 0)
        {
            throw StatusErrors.Forbidden(request.Resource, request.Name, "must have cluster-admin privileges to use the aggregationRule");
        }
        Require(request, held, document.Items("rules").Select(PolicyRule.From));
    }

    private static void CheckBinding(RbacAuthorizer authorizer, WriteRequest request, JsonObject document, JsonObject? old)
    {
        if (old is not null && document["subjects"].SameAs(old["subjects"]) && document["roleRef"].SameAs(old["roleRef"]))
        {
            return;
        }
        var role = document.Object("roleRef");
        var (kind, name) = (role.Text("kind") ?? "", role.Text("name") ?? "");
        if (authorizer.Allows(Asked(request, "bind", kind == "Role" ? "roles" : "clusterroles", name)))
        {
            return;
        }
        var rules = authorizer.RulesOfRole(kind, request.Namespace, name)
            ?? throw new ApiException(404, "NotFound", $"{kind.ToLowerInvariant()}.{RbacIndex.Group} \"{name}\" not found", new JsonObject
            {
                ["name"] = name, ["group"] = RbacIndex.Group, ["kind"] = kind.ToLowerInvariant(),
            });
        Require(request, [.. authorizer.RulesOf(request.User, request.Namespace)], rules);
    }

    private static AccessAttributes Asked(WriteRequest request, string verb, string resource, string name) =>
        new(request.User, verb, RbacIndex.Group, resource, request.Namespace, name);

    private static void Require(WriteRequest request, List<PolicyRule> held, IEnumerable<PolicyRule> given)
    {
        var missing = RuleCover.Missing(held, given);
        if (missing.Count > 0)
        {
            var lines = RuleCover.Compact(missing).Select(RuleCover.Display).Order(StringComparer.Ordinal);
            throw StatusErrors.Forbidden(
                request.Resource, request.Name,
                $"user \"{request.User.Name}\" (groups=[{string.Join(" ", request.User.Groups.Select(group => $"\"{group}\""))}]) is attempting to grant RBAC permissions not currently held:\n{string.Join('\n', lines)}");
        }
    }
}
