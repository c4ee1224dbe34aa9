using System.Globalization;
using k8s.Models;

namespace Kubernetes.Controllers.StatefulSets;

/// <summary>A StatefulSet's pod: its stable name, labels, host name and claims (<c>stateful_set_utils.go</c>).</summary>
internal static class StatefulPod
{
    public const string RevisionLabel = "controller-revision-hash";

    private const string NameLabel = "statefulset.kubernetes.io/pod-name";
    private const string IndexLabel = "apps.kubernetes.io/pod-index";

    public static string Name(V1StatefulSet set, int ordinal) => $"{set.Metadata.Name}-{ordinal}";

    /// <summary>The number behind the set's name; null when the pod is not named as one of the set's.</summary>
    public static int? Ordinal(V1StatefulSet set, V1Pod pod)
    {
        var prefix = $"{set.Metadata.Name}-";
        var name = pod.Metadata.Name;
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? ordinal : null;
    }

    public static string Revision(V1Pod pod) => pod.Metadata.Labels?.TryGetValue(RevisionLabel, out var revision) == true ? revision : "";

    public static V1Pod New(V1StatefulSet set, V1OwnerReference controller, int ordinal, V1PodTemplateSpec template, string revision)
    {
        var copy = Copy.Of(template);
        var name = Name(set, ordinal);
        var spec = copy.Spec;
        spec.Hostname = name;
        spec.Subdomain = set.Spec.ServiceName;
        var claims = set.Spec.VolumeClaimTemplates ?? [];
        if (claims.Count > 0)
        {
            spec.Volumes =
            [
                .. claims.Select(claim => new V1Volume
                {
                    Name = claim.Metadata.Name,
                    PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = ClaimName(set, claim, ordinal), ReadOnlyProperty = false },
                }),
                .. (spec.Volumes ?? []).Where(volume => claims.All(claim => claim.Metadata.Name != volume.Name)),
            ];
        }

        return new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                GenerateName = $"{set.Metadata.Name}-",
                NamespaceProperty = set.Metadata.NamespaceProperty,
                Labels = new Dictionary<string, string>(copy.Metadata?.Labels ?? new Dictionary<string, string>())
                {
                    [NameLabel] = name,
                    [IndexLabel] = ordinal.ToString(CultureInfo.InvariantCulture),
                    [RevisionLabel] = revision,
                },
                Annotations = copy.Metadata?.Annotations,
                Finalizers = copy.Metadata?.Finalizers,
                OwnerReferences = [controller],
            },
            Spec = spec,
        };
    }

    /// <summary>The claims of one pod, from the set's templates. They outlive the pod; the set, unless it says otherwise.</summary>
    public static IEnumerable<V1PersistentVolumeClaim> Claims(V1StatefulSet set, V1OwnerReference controller, int ordinal)
        => (set.Spec.VolumeClaimTemplates ?? []).Select(template =>
        {
            var claim = Copy.Of(template);
            claim.Status = null;
            claim.Metadata.Name = ClaimName(set, template, ordinal);
            claim.Metadata.NamespaceProperty = set.Metadata.NamespaceProperty;
            claim.Metadata.Labels = new Dictionary<string, string>(claim.Metadata.Labels ?? new Dictionary<string, string>());
            foreach (var (key, value) in set.Spec.Selector.MatchLabels ?? new Dictionary<string, string>())
            {
                claim.Metadata.Labels[key] = value;
            }

            claim.Metadata.OwnerReferences = set.Spec.PersistentVolumeClaimRetentionPolicy?.WhenDeleted == "Delete" ? [controller] : null;
            return claim;
        });

    public static string ClaimName(V1StatefulSet set, V1PersistentVolumeClaim template, int ordinal) => $"{template.Metadata.Name}-{Name(set, ordinal)}";
}
