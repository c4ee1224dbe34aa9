using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>The rules of pod specs that users meet most (kubernetes pkg/apis/core/validation).</summary>
internal static class PodValidation
{
    private static readonly string[] RestartPolicies = ["Always", "OnFailure", "Never"];
    private static readonly string[] DnsPolicies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

    /// <summary>The order in which upstream looks at the commonest sources: the first one found is the one that counts.</summary>
    private static readonly string[] VolumeOrder = ["emptyDir", "hostPath", "gitRepo", "secret", "nfs", "persistentVolumeClaim", "downwardAPI", "configMap", "projected", "csi", "ephemeral"];

    public static void Spec(JsonObject? spec, string path, FieldErrors errors)
    {
        var containers = spec.Items("containers").ToList();
        if (containers.Count == 0)
        {
            errors.Required($"{path}.containers");
        }
        var names = new HashSet<string>();
        var volumes = Volumes(spec, path, errors);
        ContainerValidation.Check(containers, $"{path}.containers", names, volumes, errors);
        ContainerValidation.Check([.. spec.Items("initContainers")], $"{path}.initContainers", names, volumes, errors);
        if (spec.Text("restartPolicy") is { } policy && !RestartPolicies.Contains(policy))
        {
            errors.NotSupported($"{path}.restartPolicy", policy, RestartPolicies);
        }
        if (spec.Text("dnsPolicy") is { } dns && !DnsPolicies.Contains(dns))
        {
            errors.NotSupported($"{path}.dnsPolicy", dns, DnsPolicies);
        }
        if (spec.Number("activeDeadlineSeconds") is < 1 and var deadline)
        {
            errors.Invalid($"{path}.activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive");
        }
    }

    /// <summary>A template inside a workload: its labels must match the selector.</summary>
    public static void Template(JsonObject? template, JsonNode? selector, string path, FieldErrors errors)
    {
        var labels = template.Object("metadata", "labels");
        MetadataValidation.Labels($"{path}.metadata.labels", labels, errors);
        // no selector matches nothing; one that cannot be read has been refused for itself
        if (selector is not JsonObject map || (LabelSelectors.IsReadable(map) && !LabelSelectors.Matches(map, labels)))
        {
            errors.Invalid($"{path}.metadata.labels", labels?.DeepClone(), "`selector` does not match template `labels`");
        }
        Spec(template.Object("spec"), $"{path}.spec", errors);
    }

    /// <summary>(new, old): only images, deadlines and tolerations of a pod may change.</summary>
    public static void Update(JsonObject pod, JsonObject old, FieldErrors errors)
    {
        var before = Frozen(old);
        var after = Frozen(pod);
        if (old.Number("spec", "terminationGracePeriodSeconds") is < 0 && pod.Number("spec", "terminationGracePeriodSeconds") is 1)
        {
            before["terminationGracePeriodSeconds"] = 1;
        }
        if (!before.SameAs(after))
        {
            errors.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
        }
    }

    private static JsonObject Frozen(JsonObject pod)
    {
        var spec = (JsonObject)(pod["spec"]?.DeepClone() ?? new JsonObject());
        foreach (var free in (string[])["activeDeadlineSeconds", "tolerations", "schedulingGates", "ephemeralContainers"])
        {
            spec.Remove(free);
        }
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            container.Remove("image");
        }
        return spec;
    }

    private static HashSet<string> Volumes(JsonObject? spec, string path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (volume, i) in spec.Items("volumes").Select((v, i) => (v, i)))
        {
            var name = volume.Text("name") ?? "";
            if (name.Length == 0)
            {
                errors.Required($"{path}.volumes[{i}].name");
            }
            else if (!Names.IsDnsLabel(name))
            {
                errors.Invalid($"{path}.volumes[{i}].name", name, Names.LabelMessage);
            }
            else if (!names.Add(name))
            {
                errors.Duplicate($"{path}.volumes[{i}].name", name);
            }
            foreach (var second in volume.Where(member => member.Key != "name" && member.Value is not null).Select(member => member.Key)
                .OrderBy(source => Array.IndexOf(VolumeOrder, source)).Skip(1))
            {
                errors.Forbidden($"{path}.volumes[{i}].{second}", "may not specify more than 1 volume type");
            }
        }
        return names;
    }
}
