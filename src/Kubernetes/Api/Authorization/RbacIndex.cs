using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Authorization;

/// <summary>The stored roles and bindings by subject; read anew when any of them changed.</summary>
internal sealed class RbacIndex(ObjectStore store)
{
    public const string Group = "rbac.authorization.k8s.io";
    private const string ClusterRoles = $"{Group}/clusterroles";
    private const string ClusterRoleBindings = $"{Group}/clusterrolebindings";
    private const string Roles = $"{Group}/roles";
    private const string RoleBindings = $"{Group}/rolebindings";

    private readonly Lock gate = new();
    private volatile Snapshot current = new(-1, new Dictionary<string, RbacGrant[]>());

    /// <summary>What bindings give to a subject, in the order in which upstream looks: those of the cluster first.</summary>
    public IReadOnlyDictionary<string, RbacGrant[]> BySubject
    {
        get
        {
            var changed = store.LastChange(ClusterRoles, ClusterRoleBindings, Roles, RoleBindings);
            if (current.At == changed)
            {
                return current.Grants;
            }
            lock (gate)
            {
                if (current.At != changed)
                {
                    var grants = Bindings(ClusterRoleBindings).Concat(Bindings(RoleBindings));
                    current = new Snapshot(changed, grants.GroupBy(grant => grant.SubjectKey).ToDictionary(group => group.Key, group => group.ToArray()));
                }
                return current.Grants;
            }
        }
    }

    /// <summary>The rules of a Role (in a namespace) or ClusterRole; null when there is none of that name.</summary>
    public IReadOnlyList<PolicyRule>? RulesOf(string? kind, string @namespace, string name)
    {
        var key = kind == "Role" ? new ObjectKey(Roles, @namespace, name) : new ObjectKey(ClusterRoles, "", name);
        return store.Find(key) is { } found ? [.. Metadata.Tree(found.Value).Items("rules").Select(PolicyRule.From)] : null;
    }

    private IEnumerable<RbacGrant> Bindings(string resource)
    {
        foreach (var stored in store.List(resource).Objects())
        {
            var binding = Metadata.Tree(stored.Value);
            var role = binding.Object("roleRef");
            var rules = RulesOf(role.Text("kind"), stored.Key.Namespace, role.Text("name") ?? "");
            foreach (var grant in RbacGrant.Of(stored.Key, binding, rules))
            {
                yield return grant;
            }
        }
    }

    private sealed record Snapshot(long At, IReadOnlyDictionary<string, RbacGrant[]> Grants);
}
