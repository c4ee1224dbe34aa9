using ArgoCd.Comparison;
using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Sync;

/// <summary>The tasks of a sync, from what is desired and what is there (<c>getSyncTasks</c>).</summary>
internal static class SyncTaskPlan
{
    /// <param name="resources">Pairs of desired and live objects; one of both may be missing.</param>
    /// <param name="hooks">Desired hooks.</param>
    /// <param name="settings">Options of the sync.</param>
    /// <param name="revision">The commit that is synced: part of the names of hooks that leave theirs to be generated.</param>
    /// <param name="startedAt">When the operation began: likewise.</param>
    /// <param name="findLive">The live object of a hook, or null.</param>
    public static List<SyncTask> Tasks(
        IEnumerable<(Unstructured? Target, Unstructured? Live)> resources,
        IEnumerable<Unstructured> hooks,
        SyncSettings settings,
        string revision,
        DateTimeOffset startedAt,
        Func<ResourceKey, Unstructured?> findLive)
    {
        var tasks = new List<SyncTask>();
        foreach (var (target, live) in resources)
        {
            var @object = (target ?? live)!;
            if (!Hooks.IsHook(@object.Json)) // a live hook is not something to prune
            {
                tasks.AddRange(SyncPhase.Of(@object.Json).Select(phase => new SyncTask(phase, target, live)));
            }
        }

        if (!settings.SkipHooks)
        {
            tasks.AddRange(hooks.SelectMany(hook => SyncPhase.Of(hook.Json).Select(phase => HookTask(hook, phase, revision, startedAt))));
        }

        foreach (var task in tasks.Where(task => task.Target is not null && task.Live is null))
        {
            task.Live = findLive(task.Key);
        }

        return tasks;
    }

    /// <summary>The application's namespace, made before anything else, when nothing in Git defines it; null when it is not to be touched.</summary>
    public static SyncTask? NamespaceTask(SyncSettings settings, IEnumerable<SyncTask> tasks, Unstructured? live)
    {
        if (!settings.CreateNamespace || settings.Namespace.Length == 0
            || tasks.Any(task => task.Target is { Kind: "Namespace", Group: "" } target && target.Metadata.Name == settings.Namespace)
            || (live is not null && settings.NamespaceMetadata is null))
        {
            return null;
        }

        return new SyncTask(SyncPhase.PreSync, ManagedNamespace(settings), live);
    }

    internal static Unstructured ManagedNamespace(SyncSettings settings)
    {
        var @namespace = new System.Text.Json.Nodes.JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = settings.Namespace },
        };
        if (settings.NamespaceMetadata is { } metadata)
        {
            foreach (var (label, value) in metadata.Labels ?? new Dictionary<string, string>())
            {
                @namespace.Ensure("metadata", "labels")[label] = value;
            }

            foreach (var (annotation, value) in metadata.Annotations ?? new Dictionary<string, string>())
            {
                @namespace.Ensure("metadata", "annotations")[annotation] = value;
            }

            // server-side apply leaves labels of others alone
            @namespace.Ensure("metadata", "annotations")[Annotations.SyncOptions] = SyncOption.ServerSideApply;
        }

        return new Unstructured(@namespace);
    }

    private static SyncTask HookTask(Unstructured hook, string phase, string revision, DateTimeOffset startedAt)
    {
        var target = hook.Clone();
        if (string.IsNullOrEmpty(target.Json.Text("metadata", "name")))
        {
            var prefix = target.Json.Text("metadata", "generateName");
            var commit = revision.Length >= 8 ? revision[..7] : revision;
            target.Json.Ensure("metadata")["name"] = $"{prefix}{commit}-{phase}-{startedAt.ToUnixTimeSeconds()}".ToLowerInvariant();
        }

        if (!Hooks.HasHookFinalizer(target.Json))
        {
            var finalizers = target.Json.Texts("metadata", "finalizers").Append(Hooks.HookFinalizer);
            target.Json.Ensure("metadata")["finalizers"] = new System.Text.Json.Nodes.JsonArray([.. finalizers.Select(name => (System.Text.Json.Nodes.JsonNode)name)]);
        }

        return new SyncTask(phase, target, live: null);
    }
}
