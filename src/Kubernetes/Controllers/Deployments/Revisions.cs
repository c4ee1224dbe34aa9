using System.Globalization;
using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>The annotations by which ReplicaSets remember their place in a Deployment's history (<c>deployment_util.go</c>).</summary>
internal static class Revisions
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string History = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";

    private const int HistoryLengthMax = 2000;

    private static readonly HashSet<string> NotCopied =
        ["kubectl.kubernetes.io/last-applied-configuration", Revision, History, DesiredReplicas, MaxReplicas, "deprecated.deployment.rollback.to"];

    public static long Of(V1ReplicaSet set) => Number(set.Metadata.Annotations, Revision) ?? 0;

    public static long? Number(IDictionary<string, string>? annotations, string name)
        => annotations is not null && annotations.TryGetValue(name, out var text)
            && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// The annotations that the Deployment's current ReplicaSet should have, with <paramref name="revision"/> if it is newer than its own
    /// (the older one is then kept in the history annotation).
    /// </summary>
    public static Dictionary<string, string> ForCurrent(V1Deployment deployment, IDictionary<string, string>? existing, long revision)
    {
        var annotations = new Dictionary<string, string>(existing ?? new Dictionary<string, string>());
        foreach (var (name, value) in deployment.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            if (!NotCopied.Contains(name))
            {
                annotations[name] = value;
            }
        }

        var own = Number(existing, Revision);
        if ((own ?? 0) < revision)
        {
            annotations[Revision] = revision.ToString(CultureInfo.InvariantCulture);
            if (own is not null)
            {
                annotations[History] = Remembering(annotations.GetValueOrDefault(History), own.Value);
            }
        }

        return annotations;
    }

    /// <summary>Writes down the size that the ReplicaSet was scaled for; proportional scaling starts from it.</summary>
    public static void SetReplicas(IDictionary<string, string> annotations, int desired, int max)
    {
        annotations[DesiredReplicas] = desired.ToString(CultureInfo.InvariantCulture);
        annotations[MaxReplicas] = max.ToString(CultureInfo.InvariantCulture);
    }

    public static bool SameAs(this IDictionary<string, string> wanted, IDictionary<string, string>? existing)
        => wanted.Count == (existing?.Count ?? 0) && wanted.All(pair => existing!.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static string Remembering(string? history, long revision)
    {
        var revisions = (history ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Append(revision.ToString(CultureInfo.InvariantCulture)).ToList();
        while (revisions.Sum(text => text.Length + 1) > HistoryLengthMax)
        {
            revisions.RemoveAt(0);
        }

        return string.Join(',', revisions);
    }
}
