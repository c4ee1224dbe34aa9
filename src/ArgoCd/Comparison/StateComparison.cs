using ArgoCd.Applications;
using ArgoCd.Projects;
using ArgoCd.Settings;
using ArgoCd.Sync;
using Controllers.Runtime.Client;

namespace ArgoCd.Comparison;

/// <summary>What one comparison looks at.</summary>
internal sealed record ComparisonInput(ApplicationSpec Spec, string Application, AppProject Project)
{
    /// <summary>Objects as in Git; null when they could not be loaded.</summary>
    public IReadOnlyList<Unstructured>? Desired { get; init; }

    /// <summary>Every object of the cluster.</summary>
    public required IEnumerable<Unstructured> Live { get; init; }

    public required Func<ResourceKey, Unstructured?> FindLive { get; init; }

    public required Func<string, string, bool?> IsNamespaced { get; init; }

    public ResourceExclusions Exclusions { get; init; } = ResourceExclusions.Default;
}

/// <summary>Desired against live, resource by resource (<c>CompareAppState</c>, without fetching).</summary>
internal static class StateComparison
{
    public static (string Status, IReadOnlyList<ManagedResource> Resources, IReadOnlyList<Unstructured> Hooks, IReadOnlyList<ApplicationCondition> Conditions) Compare(
        ComparisonInput input)
    {
        var destination = input.Spec.Destination.Namespace ?? "";
        var (targets, warnings) = TargetObjects.Normalize(input.Desired ?? [], input.Application, destination, input.IsNamespaced);
        var conditions = new List<ApplicationCondition>(warnings);
        var excluded = targets.Where(target => input.Exclusions.IsExcluded(target.Group, target.Kind)).ToList();
        conditions.AddRange(excluded.Select(target => ApplicationCondition.Of(
            ApplicationConditions.ExcludedResourceWarning,
            $"Resource {target.Group}/{target.Kind} {target.Metadata.Name} is excluded in the settings")));
        var wanted = targets.Except(excluded).Where(target => !Hooks.IsDeleteHook(target.Json)).ToList();

        var pairs = Pair(wanted.Where(target => !Hooks.IsHook(target.Json)), input);
        conditions.AddRange(pairs.Select(pair => Shared(pair.Live, input.Application)).OfType<ApplicationCondition>());
        var resources = pairs.ConvertAll(pair => Resource(pair.Target, pair.Live, input));
        var status = input.Desired is null
            ? SyncCode.Unknown
            : resources.Exists(IsOutOfSync) ? SyncCode.OutOfSync : SyncCode.Synced;
        return (status, resources, [.. wanted.Where(target => Hooks.IsHook(target.Json))], conditions);
    }

    /// <summary>
    /// Each desired object with its live one, then the live ones that the application tracks and nothing desires: those without an owner, as
    /// controllers copy annotations of what they own (<c>gitops-engine/pkg/cache/cluster.go</c>, GetManagedLiveObjs).
    /// </summary>
    private static List<(Unstructured? Target, Unstructured? Live)> Pair(IEnumerable<Unstructured> targets, ComparisonInput input)
    {
        var pairs = new List<(Unstructured?, Unstructured?)>();
        var taken = new HashSet<ResourceKey>();
        foreach (var target in targets)
        {
            var key = ResourceKey.Of(target);
            var live = input.FindLive(key) ?? (input.IsNamespaced(key.Group, key.Kind) is null ? input.FindLive(key with { Namespace = "" }) : null);
            if (live is not null)
            {
                taken.Add(ResourceKey.Of(live));
            }

            pairs.Add((target, live));
        }

        foreach (var live in input.Live)
        {
            var key = ResourceKey.Of(live);
            if (live.Metadata.OwnerReferences is not { Count: > 0 }
                && TrackingId.Of(live) is { } id
                && id.Application == input.Application
                && !taken.Contains(key)
                && IsPermitted(live, input))
            {
                pairs.Add((null, live));
            }
        }

        return pairs;
    }

    private static ManagedResource Resource(Unstructured? target, Unstructured? live, ComparisonInput input)
    {
        var @object = (live ?? target)!;
        var key = ResourceKey.Of(@object);
        var selfReferenced = IsSelfReferenced(target, live, input.Application);
        var hook = Hooks.IsHook(@object.Json);
        var diff = ResourceDiff.Of(target, live, input.Spec.IgnoreDifferences ?? []);
        string? status = SyncCode.Synced;
        if (hook || Hooks.IsSkipped(target?.Json) || !selfReferenced)
        {
            status = null; // no part of the application's sync status
        }
        else if (diff.Modified || target is null || live is null)
        {
            status = SyncCode.OutOfSync;
        }

        if (input.Desired is null || !IsPermitted(@object, input))
        {
            status = SyncCode.Unknown;
        }

        return new ManagedResource(key, @object.Version, target, live, diff, new ResourceStatus
        {
            Group = key.Group,
            Version = @object.Version,
            Kind = key.Kind,
            Namespace = key.Namespace,
            Name = key.Name,
            Status = status,
            Hook = hook,
            RequiresPruning = target is null && live is not null && selfReferenced && !hook,
            SyncWave = target is null ? 0 : Annotations.Wave(target.Json),
        });
    }

    private static bool IsOutOfSync(ManagedResource resource)
        => resource.Status.Status == SyncCode.OutOfSync
            && !(resource.Target is null && Annotations.HasOption(resource.Live?.Json, Annotations.CompareOptions, "IgnoreExtraneous"));

    internal static bool IsSelfReferenced(Unstructured? target, Unstructured? live, string application)
    {
        if (live is null || TrackingId.Of(live) is not { } id)
        {
            return true;
        }

        // a live object without target belongs here only when its id names it; with one, it is compared either way
        return id.Application != application ? target is not null : id.IsSelfReferenced(ResourceKey.Of(live));
    }

    private static bool IsPermitted(Unstructured @object, ComparisonInput input)
        => ProjectPermissions.IsGroupKindPermitted(
            input.Project, @object.Group, @object.Kind, @object.Metadata.Name ?? "", input.IsNamespaced(@object.Group, @object.Kind) ?? true);

    private static ApplicationCondition? Shared(Unstructured? live, string application)
        => live is not null && TrackingId.Of(live) is { } id && id.Application != application && id.IsSelfReferenced(ResourceKey.Of(live))
            ? ApplicationCondition.Of(
                ApplicationConditions.SharedResourceWarning,
                $"{live.Kind}/{live.Metadata.Name} is part of applications {Qualified(application)} and {id.Application.Replace('_', '/')}")
            : null;

    private static string Qualified(string application) => application.Replace('_', '/');
}

/// <summary>Sync codes.</summary>
internal static class SyncCode
{
    public const string Synced = "Synced";
    public const string OutOfSync = "OutOfSync";
    public const string Unknown = "Unknown";
}
