namespace Kubernetes.Api.Authentication;

/// <summary>What a service account token says: whose it is, for whom, and what it ends with (kubernetes pkg/serviceaccount/claims.go).</summary>
internal sealed record TokenClaims(string Namespace, string Account)
{
    public const string DefaultAudience = "https://kubernetes.default.svc";

    /// <summary>The account's; "": whichever account has the name.</summary>
    public string AccountUid { get; init; } = "";

    public IReadOnlyList<string> Audiences { get; init; } = [DefaultAudience];

    /// <summary>The token ends with this object; null: with the account alone.</summary>
    public BoundObject? Bound { get; init; }

    /// <summary>Names the token in audit logs.</summary>
    public string Id { get; init; } = "";
}

/// <summary>A Pod, Secret or Node that a token is bound to.</summary>
internal sealed record BoundObject(string Kind, string Name, string Uid)
{
    public string Plural => Kind.ToLowerInvariant() + "s";
}
