using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Sync;

/// <summary>
/// The order of a sync's tasks: phase, wave, kind, name; namespaces before what lives in them and CRDs before their objects
/// (<c>sync_tasks.go</c>).
/// </summary>
internal static class SyncOrder
{
    private static readonly string[] Kinds =
    [
        "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget", "ServiceAccount", "Secret",
        "SecretList", "ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole",
        "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList", "Service",
        "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob",
        "IngressClass", "Ingress", "APIService",
    ];

    private static readonly Dictionary<string, int> KindRank = Kinds.Index().ToDictionary(kind => kind.Item, kind => kind.Index);

    public static List<SyncTask> Sort(IEnumerable<SyncTask> tasks)
    {
        var sorted = tasks
            .OrderBy(task => SyncPhase.Rank(task.Phase))
            .ThenBy(task => task.Wave)
            .ThenBy(task => KindRank.GetValueOrDefault(task.Object.Kind, Kinds.Length))
            .ThenBy(task => task.Object.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        BringForward(sorted, NamespaceName, task => task.Metadata.NamespaceProperty is { Length: > 0 } name ? name : null);
        BringForward(sorted, DefinedKind, task => $"{task.Group}/{task.Kind}");
        return sorted;
    }

    /// <summary>
    /// Prunes run in the reverse order of creation: the waves of prune tasks are swapped symmetrically;
    /// those that prune last get a wave after all others.
    /// </summary>
    public static void ReversePruneWaves(IReadOnlyList<SyncTask> tasks, bool pruneLast)
    {
        var prunes = tasks.Where(task => task.IsPrune).ToList();
        var waves = prunes.Select(task => task.Wave).Distinct().Order().ToList();
        var swapped = prunes.ConvertAll(task => waves[waves.Count - 1 - waves.IndexOf(task.Wave)]);
        foreach (var (task, wave) in prunes.Zip(swapped))
        {
            task.WaveOverride = wave;
        }

        var last = tasks.Where(task => task.Phase == SyncPhase.Sync).Select(task => task.Wave).Append(0).Max() + 1;
        foreach (var task in prunes)
        {
            if (pruneLast || Annotations.HasOption(task.Live!.Json, Annotations.SyncOptions, SyncOption.PruneLast))
            {
                task.WaveOverride = last;
            }
        }
    }

    private static string? NamespaceName(Unstructured @object)
        => @object is { Kind: "Namespace", Group: "" } ? @object.Metadata.Name : null;

    private static string? DefinedKind(Unstructured @object)
        => @object.Kind == "CustomResourceDefinition"
            && @object.Json.Text("spec", "group") is { } group
            && @object.Json.Text("spec", "names", "kind") is { } kind ? $"{group}/{kind}" : null;

    /// <summary>Puts what others depend on before the first that refers to it, in that one's phase and wave.</summary>
    private static void BringForward(List<SyncTask> tasks, Func<Unstructured, string?> provides, Func<Unstructured, string?> refersTo)
    {
        for (var index = 0; index < tasks.Count; index++)
        {
            var task = tasks[index];
            if (task.Target is null || provides(task.Target) is not { } provided)
            {
                continue;
            }

            var first = tasks.FindIndex(0, index, other => other.Target is not null && provides(other.Target) is null && refersTo(other.Target) == provided);
            if (first >= 0)
            {
                task.WaveOverride = tasks[first].Wave;
                task.Phase = tasks[first].Phase;
                tasks.RemoveAt(index);
                tasks.Insert(first, task);
            }
        }
    }
}
