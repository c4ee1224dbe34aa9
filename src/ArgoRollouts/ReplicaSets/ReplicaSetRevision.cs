using System.Globalization;
using ArgoRollouts.Models;
using Controllers.Runtime;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>The annotations that a new ReplicaSet takes over from its Rollout, and its number (utils/annotations, SetNewReplicaSetAnnotations).</summary>
internal static class ReplicaSetRevision
{
    private static readonly HashSet<string> NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration",
        RolloutsKeys.Revision,
        RolloutsKeys.RevisionHistory,
        RolloutsKeys.DesiredReplicas,
        "notified.notifications.argoproj.io",
    ];

    /// <summary>The annotations the ReplicaSet should have; the same contents when nothing changes.</summary>
    /// <param name="rollout">Its owner.</param>
    /// <param name="current">What it has now.</param>
    /// <param name="revision">One more than the greatest revision of the older ones.</param>
    /// <param name="exists">False when it is about to be created: it then also gets the desired-replicas annotation.</param>
    public static Dictionary<string, string> Annotations(Rollout rollout, IDictionary<string, string>? current, long revision, bool exists)
    {
        var annotations = current is null ? [] : new Dictionary<string, string>(current);
        var changed = false;
        foreach (var (key, value) in rollout.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            if (!NotCopied.Contains(key) && annotations.GetValueOrDefault(key) != value)
            {
                annotations[key] = value;
                changed = true;
            }
        }

        var before = annotations.GetValueOrDefault(RolloutsKeys.Revision);
        if (!long.TryParse(string.IsNullOrEmpty(before) ? "0" : before, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var old))
        {
            return annotations; // a revision that is no number is left alone
        }

        if (old < revision)
        {
            annotations[RolloutsKeys.Revision] = revision.ToString(CultureInfo.InvariantCulture);
            changed = true;
        }

        // A set that already had a number serves again: the rollback keeps its old numbers for the record.
        if (before is not null && changed)
        {
            var history = annotations.GetValueOrDefault(RolloutsKeys.RevisionHistory);
            annotations[RolloutsKeys.RevisionHistory] = string.IsNullOrEmpty(history) ? before : $"{history},{before}";
        }

        if (!exists)
        {
            annotations[RolloutsKeys.DesiredReplicas] = Defaults.Replicas(rollout).ToString(CultureInfo.InvariantCulture);
        }

        return annotations;
    }

    public static bool Differs(IDictionary<string, string>? left, IDictionary<string, string>? right)
        => (left?.Count ?? 0) != (right?.Count ?? 0) || (left is not null && left.Any(pair => right!.TryGetValue(pair.Key, out var value) != true || value != pair.Value));

    public static string? Of(V1ReplicaSet set) => set.Metadata.Annotation(RolloutsKeys.Revision);
}
