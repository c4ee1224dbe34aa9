using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Authorization;

/// <summary>Roles and bindings from the store (kubernetes plugin/pkg/auth/authorizer/rbac). Members of system:masters may do everything.</summary>
internal sealed class RbacAuthorizer(ObjectStore store, AuthorizationMode mode)
{
    private const string Group = "rbac.authorization.k8s.io";
    private readonly Lock gate = new();
    private long indexedAt = -1;
    private IReadOnlyList<Grant> grants = [];

    public bool Allows(AccessAttributes asked) =>
        mode == AuthorizationMode.AlwaysAllow || asked.User.IsMaster
        || Grants().Any(grant => grant.Covers(asked.Namespace) && grant.Names(asked.User) && grant.Rules.Any(rule => rule.Allows(asked)));

    /// <summary>What a user may do in a namespace.</summary>
    public IEnumerable<PolicyRule> RulesOf(UserInfo user, string @namespace) => mode == AuthorizationMode.AlwaysAllow || user.IsMaster
        ? [new PolicyRule(["*"], ["*"], ["*"], [], []), new PolicyRule(["*"], [], [], [], ["*"])]
        : Grants().Where(grant => grant.Covers(@namespace) && grant.Names(user)).SelectMany(grant => grant.Rules);

    private IReadOnlyList<Grant> Grants()
    {
        lock (gate)
        {
            var changed = store.LastChange($"{Group}/clusterroles", $"{Group}/clusterrolebindings", $"{Group}/roles", $"{Group}/rolebindings");
            if (changed != indexedAt)
            {
                grants = [.. Bindings("clusterrolebindings"), .. Bindings("rolebindings")];
                indexedAt = changed;
            }
            return grants;
        }
    }

    private IEnumerable<Grant> Bindings(string resource)
    {
        foreach (var stored in store.List($"{Group}/{resource}").Objects())
        {
            var binding = Metadata.Tree(stored.Value);
            var role = binding.Object("roleRef");
            var key = role.Text("kind") == "Role"
                ? new ObjectKey($"{Group}/roles", stored.Key.Namespace, role.Text("name") ?? "")
                : new ObjectKey($"{Group}/clusterroles", "", role.Text("name") ?? "");
            if (store.Find(key) is { } found)
            {
                yield return new Grant(stored.Key.Namespace, [.. binding.Items("subjects")], [.. Metadata.Tree(found.Value).Items("rules").Select(PolicyRule.From)]);
            }
        }
    }

    /// <param name="Namespace">"": everywhere.</param>
    /// <param name="Subjects">Users, groups and service accounts.</param>
    /// <param name="Rules">What they may do.</param>
    private sealed record Grant(string Namespace, IReadOnlyList<JsonObject> Subjects, IReadOnlyList<PolicyRule> Rules)
    {
        public bool Covers(string asked) => Namespace.Length == 0 || Namespace == asked;

        public bool Names(UserInfo user) => Subjects.Any(subject => subject.Text("kind") switch
        {
            "User" => subject.Text("name") == user.Name,
            "Group" => user.Groups.Contains(subject.Text("name")),
            "ServiceAccount" => user.Name == $"system:serviceaccount:{subject.Text("namespace") ?? Namespace}:{subject.Text("name")}",
            _ => false,
        });
    }
}
