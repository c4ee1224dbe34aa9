namespace ArgoCd.Health;

/// <summary>Health of one resource: one of <see cref="HealthCode"/>, and why.</summary>
internal sealed record HealthStatus(string Status, string? Message = null);

/// <summary>Health codes and their order, best first (<c>gitops-engine/pkg/health/health.go</c>).</summary>
internal static class HealthCode
{
    public const string Healthy = "Healthy";
    public const string Suspended = "Suspended";
    public const string Progressing = "Progressing";
    public const string Missing = "Missing";
    public const string Degraded = "Degraded";
    public const string Unknown = "Unknown";

    private static readonly string[] Order = [Healthy, Suspended, Progressing, Missing, Degraded, Unknown];

    public static bool IsWorse(string current, string candidate) => Rank(candidate) > Rank(current);

    // a code that upstream does not know ranks as the best, as there
    private static int Rank(string code) => Math.Max(0, Array.IndexOf(Order, code));
}
