using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Authentication;

/// <summary>
/// Tokens of accounts that exist: a token ends with its account, and with the pod or secret that it is bound to
/// (kubernetes pkg/serviceaccount/claims.go Validator).
/// </summary>
internal sealed class ServiceAccountAuthenticator(ServiceAccountTokens tokens, ObjectStore store)
{
    private const string IdKey = "authentication.kubernetes.io/credential-id";

    /// <summary>The user and the audiences that the token is for among <paramref name="audiences"/>; null: no token that is valid for one of them.</summary>
    public (UserInfo User, IReadOnlyList<string> Audiences)? Check(string token, IReadOnlyList<string> audiences)
    {
        if (tokens.Read(token) is not { } claims || claims.Audiences.Intersect(audiences).ToList() is not { Count: > 0 } common)
        {
            return null;
        }
        if (UidOf("serviceaccounts", claims.Namespace, claims.Account) is not { } uid || (claims.AccountUid.Length > 0 && claims.AccountUid != uid))
        {
            return null;
        }
        var extra = new Dictionary<string, IReadOnlyList<string>> { [IdKey] = [$"JTI={claims.Id}"] };
        if (claims.Bound is { } bound)
        {
            if (UidOf(bound.Plural, bound.Kind == "Node" ? "" : claims.Namespace, bound.Name) != bound.Uid)
            {
                return null;
            }
            extra[$"authentication.kubernetes.io/{bound.Kind.ToLowerInvariant()}-name"] = [bound.Name];
            extra[$"authentication.kubernetes.io/{bound.Kind.ToLowerInvariant()}-uid"] = [bound.Uid];
        }
        return (UserInfo.ServiceAccount(claims.Namespace, claims.Account, uid) with { Extra = extra }, common);
    }

    /// <summary>Of a stored object; null when there is none.</summary>
    public string? UidOf(string resource, string @namespace, string name) =>
        store.Find(new ObjectKey(resource, @namespace, name)) is { } found ? Metadata.Tree(found.Value).Text("metadata", "uid") : null;
}
