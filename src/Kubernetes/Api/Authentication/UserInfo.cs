namespace Kubernetes.Api.Authentication;

/// <summary>Who asks: name, uid, groups and extra as authentication/v1 UserInfo.</summary>
internal sealed record UserInfo(string Name, IReadOnlyList<string> Groups, string Uid = "")
{
    public static readonly UserInfo Anonymous = new("system:anonymous", ["system:unauthenticated"]);

    public static readonly UserInfo Admin = new("kubernetes-admin", ["system:masters", "system:authenticated"]);

    /// <summary>The server itself, for what it does on its own account.</summary>
    public static readonly UserInfo Loopback = new("system:apiserver", ["system:masters", "system:authenticated"]);

    public bool IsMaster => Groups.Contains("system:masters");

    public static UserInfo ServiceAccount(string @namespace, string name, string uid = "") =>
        new($"system:serviceaccount:{@namespace}:{name}", ["system:serviceaccounts", $"system:serviceaccounts:{@namespace}", "system:authenticated"], uid);
}
