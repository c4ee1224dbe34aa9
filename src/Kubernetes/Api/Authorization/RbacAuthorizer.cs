using Kubernetes.Api.Authentication;
using Kubernetes.Store;

namespace Kubernetes.Api.Authorization;

/// <summary>Roles and bindings from the store (kubernetes plugin/pkg/auth/authorizer/rbac). Members of system:masters may do everything.</summary>
internal sealed class RbacAuthorizer(ObjectStore store, AuthorizationMode mode)
{
    private static readonly PolicyRule[] Everything = [new(["*"], ["*"], ["*"], [], []), new(["*"], [], [], [], ["*"])];

    private readonly RbacIndex index = new(store);

    public bool Allows(AccessAttributes asked) => Decide(asked).Allowed;

    /// <exception cref="Errors.ApiException">403 in upstream's words.</exception>
    public void Require(AccessAttributes asked)
    {
        var decision = Decide(asked);
        if (!decision.Allowed)
        {
            throw asked.Refusal(decision.Reason);
        }
    }

    public AccessDecision Decide(AccessAttributes asked)
    {
        if (IsUnlimited(asked.User))
        {
            return AccessDecision.Always;
        }
        List<string>? problems = null;
        foreach (var grant in GrantsOf(asked.User, asked.Namespace))
        {
            foreach (var rule in grant.Rules)
            {
                if (rule.Allows(asked))
                {
                    return new AccessDecision(true, $"RBAC: allowed by {grant.Description}");
                }
            }
            if (grant.Problem is { } problem)
            {
                (problems ??= []).Add(problem);
            }
        }
        return new AccessDecision(false, problems switch
        {
            null => "",
            [var only] => $"RBAC: {only}",
            _ => $"RBAC: [{string.Join(", ", problems.Distinct())}]",
        });
    }

    /// <summary>What a user may do in a namespace ("": in all).</summary>
    public IEnumerable<PolicyRule> RulesOf(UserInfo user, string @namespace) =>
        IsUnlimited(user) ? Everything : GrantsOf(user, @namespace).SelectMany(grant => grant.Rules);

    /// <summary>The rules of a Role or ClusterRole; null when there is none of that name.</summary>
    public IReadOnlyList<PolicyRule>? RulesOfRole(string? kind, string @namespace, string name) => index.RulesOf(kind, @namespace, name);

    private bool IsUnlimited(UserInfo user) => mode == AuthorizationMode.AlwaysAllow || user.IsMaster;

    private IEnumerable<RbacGrant> GrantsOf(UserInfo user, string @namespace)
    {
        var bySubject = index.BySubject;
        foreach (var key in RbacGrant.KeysOf(user))
        {
            foreach (var grant in bySubject.GetValueOrDefault(key) ?? [])
            {
                if (grant.Covers(@namespace))
                {
                    yield return grant;
                }
            }
        }
    }
}
