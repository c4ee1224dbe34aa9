using System.Text.Json;
using ArgoRollouts.Models;
using Controllers.Runtime;
using k8s;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>
/// Labels and annotations that pods carry while they are canary, stable, preview or active. The ReplicaSet's annotation
/// rollout.argoproj.io/ephemeral-metadata remembers what was put in, so that only that is taken out (docs/features/ephemeral-metadata.md).
/// </summary>
internal static class EphemeralMetadata
{
    /// <summary>What was put into the ReplicaSet's template; null when nothing, or when the annotation is not readable.</summary>
    public static PodTemplateMetadata? Existing(V1ReplicaSet set)
    {
        if (set.Metadata.Annotation(RolloutsKeys.EphemeralMetadata) is not { } text)
        {
            return null;
        }

        try
        {
            return KubernetesJson.Deserialize<PodTemplateMetadata>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the metadata of a template or pod becomes; null when it is so already.</summary>
    public static (Dictionary<string, string> Labels, Dictionary<string, string> Annotations)? Sync(
        V1ObjectMeta? metadata, PodTemplateMetadata? existing, PodTemplateMetadata? desired)
    {
        var labels = Sync(metadata?.Labels, existing?.Labels, desired?.Labels);
        var annotations = Sync(metadata?.Annotations, existing?.Annotations, desired?.Annotations);
        return ReplicaSetRevision.Differs(labels, metadata?.Labels) || ReplicaSetRevision.Differs(annotations, metadata?.Annotations)
            ? (labels, annotations)
            : null;
    }

    /// <summary>Puts the metadata into a ReplicaSet that is about to be created.</summary>
    public static void Inject(V1ReplicaSet set, PodTemplateMetadata? desired)
    {
        if (desired is null || Sync(set.Spec.Template.Metadata, null, desired) is not { } synced)
        {
            return;
        }

        set.Spec.Template.Metadata.Labels = synced.Labels;
        set.Spec.Template.Metadata.Annotations = synced.Annotations.Count == 0 ? null : synced.Annotations;
        set.Metadata.Annotations ??= new Dictionary<string, string>();
        set.Metadata.Annotations[RolloutsKeys.EphemeralMetadata] = KubernetesJson.Serialize(desired);
    }

    /// <summary>A copy of the template without what was put in.</summary>
    public static V1PodTemplateSpec Without(V1ReplicaSet set)
    {
        var template = KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(set.Spec.Template));
        if (Existing(set) is { } existing && Sync(template.Metadata, existing, null) is { } synced)
        {
            template.Metadata.Labels = synced.Labels;
            template.Metadata.Annotations = synced.Annotations;
        }

        return template;
    }

    private static Dictionary<string, string> Sync(IDictionary<string, string>? current, IDictionary<string, string>? existing, IDictionary<string, string>? desired)
    {
        var result = current is null ? [] : new Dictionary<string, string>(current);
        foreach (var key in existing?.Keys.Where(key => desired?.ContainsKey(key) != true) ?? [])
        {
            result.Remove(key);
        }

        foreach (var (key, value) in desired ?? new Dictionary<string, string>())
        {
            result[key] = value;
        }

        return result;
    }
}
