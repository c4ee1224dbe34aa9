using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Deployments, ReplicaSets, StatefulSets and DaemonSets (kubernetes pkg/apis/apps/validation).</summary>
internal static class WorkloadValidation
{
    public static void Check(JsonObject workload, FieldErrors errors)
    {
        var spec = workload.Object("spec");
        NotNegative(spec, "replicas", errors);
        LabelSelectors.Required(spec?["selector"], "spec.selector", errors);
        PodValidation.Template(spec.Object("template"), spec?["selector"], "spec.template", errors);
        if (spec.Text("template", "spec", "restartPolicy") is { } policy and not "Always")
        {
            errors.NotSupported("spec.template.spec.restartPolicy", policy, "Always");
        }
        NotNegative(spec, "minReadySeconds", errors);
        NotNegative(spec, "revisionHistoryLimit", errors);
    }

    public static void Deployment(JsonObject deployment, FieldErrors errors)
    {
        Check(deployment, errors);
        var spec = deployment.Object("spec");
        var strategy = spec.Text("strategy", "type");
        if (strategy is not ("Recreate" or "RollingUpdate"))
        {
            errors.NotSupported("spec.strategy", spec.Object("strategy") ?? [], "Recreate", "RollingUpdate");
        }
        if (strategy == "RollingUpdate")
        {
            RollingUpdates.Check(spec.Object("strategy", "rollingUpdate"), "spec.strategy.rollingUpdate", errors);
        }
        if (strategy == "Recreate" && spec.Object("strategy", "rollingUpdate") is not null)
        {
            errors.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }
        if (spec.Number("progressDeadlineSeconds") is { } deadline && deadline <= (spec.Number("minReadySeconds") ?? 0))
        {
            errors.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }

    /// <summary>As the others, but for a selector that is missing: it matches nothing, and that is all that is said.</summary>
    public static void DaemonSet(JsonObject set, FieldErrors errors)
    {
        if (set.At("spec", "selector") is not null)
        {
            Check(set, errors);
            return;
        }
        PodValidation.Template(set.Object("spec", "template"), null, "spec.template", errors);
    }

    public static void SelectorUnchanged(JsonObject workload, JsonObject old, FieldErrors errors) =>
        Immutable(workload, old, errors, "spec", "selector");

    public static void StatefulSetUpdate(JsonObject set, JsonObject old, FieldErrors errors)
    {
        var before = old.Object("spec")?.DeepClone() as JsonObject ?? [];
        var after = set.Object("spec")?.DeepClone() as JsonObject ?? [];
        foreach (var free in (string[])["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"])
        {
            before.Remove(free);
            after.Remove(free);
        }
        if (!before.SameAs(after))
        {
            errors.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
        }
    }

    public static void Immutable(JsonObject current, JsonObject old, FieldErrors errors, params string[] path)
    {
        var value = current.At(path);
        if (!value.SameAs(old.At(path)))
        {
            errors.Invalid(string.Join('.', path), value?.DeepClone(), "field is immutable");
        }
    }

    private static void NotNegative(JsonObject? spec, string field, FieldErrors errors)
    {
        if (spec.Number(field) is < 0 and var value)
        {
            errors.Invalid($"spec.{field}", value, "must be greater than or equal to 0");
        }
    }
}
