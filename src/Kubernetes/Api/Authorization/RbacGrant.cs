using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Authorization;

/// <summary>One subject of one binding, with the rules of the bound role.</summary>
/// <param name="Namespace">"": everywhere.</param>
/// <param name="SubjectKey">User or group, as <see cref="KeysOf"/> spells them.</param>
/// <param name="Rules">What the subject may do.</param>
/// <param name="Description">As access reviews name it (kubernetes plugin/pkg/auth/authorizer/rbac clusterRoleBindingDescriber).</param>
/// <param name="Problem">The bound role is missing; or null.</param>
internal sealed record RbacGrant(string Namespace, string SubjectKey, IReadOnlyList<PolicyRule> Rules, string Description, string? Problem)
{
    public bool Covers(string asked) => Namespace.Length == 0 || Namespace == asked;

    public static IEnumerable<string> KeysOf(UserInfo user) => [UserKey(user.Name), .. user.Groups.Select(GroupKey)];

    public static IEnumerable<RbacGrant> Of(ObjectKey key, JsonObject binding, IReadOnlyList<PolicyRule>? rules)
    {
        var role = binding.Object("roleRef");
        var (kind, name) = (role.Text("kind") ?? "", role.Text("name") ?? "");
        var problem = rules is null ? $"{kind.ToLowerInvariant()}.{RbacIndex.Group} \"{name}\" not found" : null;
        var bound = key.Namespace.Length == 0 ? $"ClusterRoleBinding \"{key.Name}\"" : $"RoleBinding \"{key.Name}/{key.Namespace}\"";
        foreach (var subject in binding.Items("subjects"))
        {
            var (subjectKind, subjectName) = (subject.Text("kind"), subject.Text("name") ?? "");
            var space = subject.Text("namespace") is { Length: > 0 } given ? given : key.Namespace;
            var subjectKey = subjectKind switch
            {
                "User" => UserKey(subjectName),
                "Group" => GroupKey(subjectName),
                "ServiceAccount" when space.Length > 0 => UserKey($"system:serviceaccount:{space}:{subjectName}"),
                _ => null,
            };
            if (subjectKey is not null)
            {
                var shown = subjectKind == "ServiceAccount" ? $"{subjectName}/{space}" : subjectName;
                yield return new RbacGrant(
                    key.Namespace, subjectKey, rules ?? [], $"{bound} of {kind} \"{name}\" to {subjectKind} \"{shown}\"", problem);
            }
        }
    }

    private static string UserKey(string name) => "user " + name;

    private static string GroupKey(string name) => "group " + name;
}
