using ArgoRollouts.Models;
using k8s;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>
/// The rule that keeps a new revision's pods off the nodes of the stable one, when the strategy asks for antiAffinity
/// (docs/features/anti-affinity). It selects the stable hash, so it is known by that label.
/// </summary>
internal static class AntiAffinityInjection
{
    /// <summary>The template's affinity, with the rule when an update is under way.</summary>
    public static V1Affinity? For(Rollout rollout, string hash)
    {
        var own = rollout.Spec.Template!.Spec.Affinity;
        var affinity = own is null ? null : KubernetesJson.Deserialize<V1Affinity>(KubernetesJson.Serialize(own));
        var stable = rollout.Status.StableRS;
        if (Strategy(rollout) is not { } strategy || string.IsNullOrEmpty(stable) || stable == hash)
        {
            return affinity;
        }

        affinity ??= new V1Affinity();
        affinity.PodAntiAffinity ??= new V1PodAntiAffinity();
        var rule = Rule(rollout, stable);
        if (strategy.PreferredDuringSchedulingIgnoredDuringExecution is { } preferred)
        {
            affinity.PodAntiAffinity.PreferredDuringSchedulingIgnoredDuringExecution =
            [
                .. affinity.PodAntiAffinity.PreferredDuringSchedulingIgnoredDuringExecution ?? [],
                new V1WeightedPodAffinityTerm { Weight = preferred.Weight, PodAffinityTerm = rule },
            ];
        }
        else
        {
            affinity.PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution =
                [.. affinity.PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution ?? [], rule];
        }

        return affinity;
    }

    /// <summary>Whether a set's rule names another stable hash than the present one.</summary>
    public static bool NeedsUpdate(Rollout rollout, V1ReplicaSet set)
        => rollout.Status.StableRS != set.PodHash()
           && Strategy(rollout) is not null
           && Injected(set.Spec.Template.Spec.Affinity?.PodAntiAffinity) is { } requirement
           && requirement.Values?.FirstOrDefault() != rollout.Status.StableRS;

    /// <summary>Takes the rule out of a copy of a template; empty shells go with it.</summary>
    public static V1PodTemplateSpec Without(V1PodTemplateSpec template, Rollout rollout)
    {
        if (Strategy(rollout) is null || template.Spec.Affinity?.PodAntiAffinity is not { } rules)
        {
            return template;
        }

        rules.PreferredDuringSchedulingIgnoredDuringExecution =
            NullIfEmpty(rules.PreferredDuringSchedulingIgnoredDuringExecution?.Where(term => Requirement(term.PodAffinityTerm) is null));
        rules.RequiredDuringSchedulingIgnoredDuringExecution =
            NullIfEmpty(rules.RequiredDuringSchedulingIgnoredDuringExecution?.Where(term => Requirement(term) is null));
        if (rules.PreferredDuringSchedulingIgnoredDuringExecution is null && rules.RequiredDuringSchedulingIgnoredDuringExecution is null)
        {
            template.Spec.Affinity.PodAntiAffinity = null;
        }

        if (template.Spec.Affinity is { PodAntiAffinity: null, PodAffinity: null, NodeAffinity: null })
        {
            template.Spec.Affinity = null;
        }

        return template;
    }

    private static AntiAffinity? Strategy(Rollout rollout)
    {
        var strategy = rollout.Spec.Strategy.Canary?.AntiAffinity ?? rollout.Spec.Strategy.BlueGreen?.AntiAffinity;
        return strategy is { PreferredDuringSchedulingIgnoredDuringExecution: null, RequiredDuringSchedulingIgnoredDuringExecution: null } ? null : strategy;
    }

    private static V1PodAffinityTerm Rule(Rollout rollout, string stable) => new()
    {
        LabelSelector = new V1LabelSelector
        {
            MatchExpressions = [new V1LabelSelectorRequirement { Key = RolloutsKeys.PodTemplateHash, OperatorProperty = "In", Values = [stable] }],
        },
        Namespaces = [rollout.Metadata.NamespaceProperty],
        TopologyKey = "kubernetes.io/hostname",
    };

    private static V1LabelSelectorRequirement? Injected(V1PodAntiAffinity? rules)
        => (rules?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(term => Requirement(term.PodAffinityTerm))
            .Concat((rules?.RequiredDuringSchedulingIgnoredDuringExecution ?? []).Select(Requirement))
            .FirstOrDefault(requirement => requirement is not null);

    private static V1LabelSelectorRequirement? Requirement(V1PodAffinityTerm term)
        => term.LabelSelector?.MatchExpressions?.FirstOrDefault(requirement => requirement.Key == RolloutsKeys.PodTemplateHash);

    private static List<T>? NullIfEmpty<T>(IEnumerable<T>? items) => items?.ToList() is { Count: > 0 } list ? list : null;
}
