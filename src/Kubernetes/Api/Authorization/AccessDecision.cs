namespace Kubernetes.Api.Authorization;

/// <summary>Whether something is allowed, and why or why not as access reviews tell it; the reason is often empty.</summary>
internal readonly record struct AccessDecision(bool Allowed, string Reason)
{
    public static readonly AccessDecision Always = new(true, "");
}
