using Kubernetes.Api.Authorization;
using Kubernetes.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Authentication;

/// <summary>
/// Requests on behalf of others: Impersonate-User, -Group, -Uid and -Extra-KEY, for who may impersonate each of them
/// (apiserver endpoints/filters/impersonation.go).
/// </summary>
internal static class Impersonation
{
    private const string UserHeader = "Impersonate-User";
    private const string GroupHeader = "Impersonate-Group";
    private const string UidHeader = "Impersonate-Uid";
    private const string ExtraHeader = "Impersonate-Extra-";
    private const string AuthenticationGroup = "authentication.k8s.io";

    /// <summary>The user that the request acts as: the sender unless headers name another.</summary>
    /// <exception cref="ApiException">403: may not impersonate; 400: groups, uid or extra without a user.</exception>
    public static UserInfo Apply(IHeaderDictionary headers, UserInfo sender, RbacAuthorizer authorizer)
    {
        var name = headers[UserHeader].ToString();
        var groups = headers[GroupHeader].OfType<string>().Where(group => group.Length > 0).ToList();
        var uid = headers[UidHeader].ToString();
        var extra = Extra(headers);
        if (name.Length == 0)
        {
            return groups.Count == 0 && uid.Length == 0 && extra.Count == 0
                ? sender
                : throw StatusErrors.BadRequest($"requested {Display(groups, uid, extra)} without impersonating a user");
        }
        foreach (var asked in Asked(sender, name, groups, uid, extra))
        {
            authorizer.Require(asked);
        }
        return new UserInfo(name, Groups(name, groups), uid) { Extra = extra };
    }

    private static IEnumerable<AccessAttributes> Asked(
        UserInfo sender, string name, IEnumerable<string> groups, string uid, IReadOnlyDictionary<string, IReadOnlyList<string>> extra)
    {
        yield return UserInfo.AsServiceAccount(name) is { } account
            ? new AccessAttributes(sender, "impersonate", "", "serviceaccounts", account.Namespace, account.Name)
            : new AccessAttributes(sender, "impersonate", "", "users", "", name);
        foreach (var group in groups)
        {
            yield return new AccessAttributes(sender, "impersonate", "", "groups", "", group);
        }
        foreach (var (key, value) in extra.SelectMany(pair => pair.Value.Select(value => (pair.Key, value))))
        {
            yield return new AccessAttributes(sender, "impersonate", AuthenticationGroup, $"userextras/{key}", "", value);
        }
        if (uid.Length > 0)
        {
            yield return new AccessAttributes(sender, "impersonate", AuthenticationGroup, "uids", "", uid);
        }
    }

    /// <summary>Service accounts keep their groups unless others are named; everybody but the anonymous user is authenticated.</summary>
    private static List<string> Groups(string name, List<string> named)
    {
        var groups = named.Count == 0 && UserInfo.AsServiceAccount(name) is { } account ? [.. UserInfo.ServiceAccountGroups(account.Namespace)] : named;
        var implied = name == UserInfo.AnonymousName ? UserInfo.Unauthenticated : UserInfo.Authenticated;
        return groups.Contains(UserInfo.Authenticated) || groups.Contains(UserInfo.Unauthenticated) ? groups : [.. groups, implied];
    }

    private static Dictionary<string, IReadOnlyList<string>> Extra(IHeaderDictionary headers) => headers
        .Where(header => header.Key.StartsWith(ExtraHeader, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(
            header => Uri.UnescapeDataString(header.Key[ExtraHeader.Length..].ToLowerInvariant()),
            header => (IReadOnlyList<string>)[.. header.Value.OfType<string>()]);

    // Go's print of the ObjectReferences that upstream makes of the headers: kind, namespace, name, uid, API version, resource version, field path
    private static string Display(List<string> groups, string uid, Dictionary<string, IReadOnlyList<string>> extra)
    {
        IEnumerable<string> references =
        [
            .. groups.Select(group => $"{{Group  {group}    }}"),
            .. extra.SelectMany(pair => pair.Value.Select(value => $"{{UserExtra  {value}  {AuthenticationGroup}/v1  {pair.Key}}}")),
            .. uid.Length > 0 ? [$"{{UID  {uid}  {AuthenticationGroup}/v1  }}"] : Array.Empty<string>(),
        ];
        return $"[{string.Join(' ', references)}]";
    }
}
