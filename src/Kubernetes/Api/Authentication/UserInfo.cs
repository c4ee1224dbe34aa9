using System.Text.Json.Nodes;

namespace Kubernetes.Api.Authentication;

/// <summary>Who asks: name, uid, groups and extra as authentication/v1 UserInfo.</summary>
internal sealed record UserInfo(string Name, IReadOnlyList<string> Groups, string Uid = "")
{
    public const string Authenticated = "system:authenticated";
    public const string Unauthenticated = "system:unauthenticated";
    public const string Masters = "system:masters";
    public const string AnonymousName = "system:anonymous";

    private const string AccountPrefix = "system:serviceaccount:";

    public static readonly UserInfo Admin = new("kubernetes-admin", [Masters, Authenticated]);

    /// <summary>The server itself, for what it does on its own account.</summary>
    public static readonly UserInfo Loopback = new("system:apiserver", [Masters, Authenticated]);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public bool IsMaster => Groups.Contains(Masters);

    public static UserInfo ServiceAccount(string @namespace, string name, string uid = "") =>
        new(AccountPrefix + @namespace + ":" + name, [.. ServiceAccountGroups(@namespace), Authenticated], uid);

    public static string[] ServiceAccountGroups(string @namespace) => ["system:serviceaccounts", $"system:serviceaccounts:{@namespace}"];

    /// <summary>Namespace and name, when the user is a service account.</summary>
    public static (string Namespace, string Name)? AsServiceAccount(string user) =>
        user.StartsWith(AccountPrefix, StringComparison.Ordinal) && user[AccountPrefix.Length..].Split(':') is [{ Length: > 0 } space, { Length: > 0 } name] ? (space, name) : null;

    public JsonObject ToJson()
    {
        var described = new JsonObject { ["username"] = Name };
        if (Uid.Length > 0)
        {
            described["uid"] = Uid;
        }
        if (Groups.Count > 0)
        {
            described["groups"] = List(Groups);
        }
        if (Extra.Count > 0)
        {
            described["extra"] = new JsonObject([.. Extra.OrderBy(extra => extra.Key, StringComparer.Ordinal).Select(extra => KeyValuePair.Create(extra.Key, (JsonNode?)List(extra.Value)))]);
        }
        return described;
    }

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
