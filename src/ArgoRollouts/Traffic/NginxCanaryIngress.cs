using System.Globalization;
using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Traffic;

/// <summary>
/// The canary ingress beside a stable one: the rules of the stable Service with the canary Service as backend, and ingress-nginx's canary
/// annotations (rollout/trafficrouting/nginx/nginx.go, buildCanaryIngress).
/// </summary>
internal static class NginxCanaryIngress
{
    private const int NameLengthMax = 253;
    private const string Suffix = "-canary";

    public static string Name(Rollout rollout, string stableIngress)
    {
        var prefix = $"{rollout.Metadata.Name}-{stableIngress}";
        return prefix[..Math.Min(prefix.Length, NameLengthMax - Suffix.Length)] + Suffix;
    }

    public static V1Ingress Build(Rollout rollout, V1Ingress stable, int weight)
    {
        var canary = rollout.Spec.Strategy.Canary!;
        var rules = (stable.Spec.Rules ?? [])
            .Where(rule => rule.Http?.Paths?.Any(path => path.Backend.Service?.Name == canary.StableService) == true)
            .Select(rule => ToCanary(rule, canary))
            .ToList();
        if (rules.Count == 0)
        {
            throw new InvalidOperationException(
                $"ingress `{canary.TrafficRouting!.Nginx!.StableIngress}` has no rules using service {canary.StableService} backend");
        }

        return new V1Ingress
        {
            Metadata = new V1ObjectMeta
            {
                Name = Name(rollout, stable.Metadata.Name),
                NamespaceProperty = rollout.Metadata.NamespaceProperty,
                Annotations = Annotations(stable, canary.TrafficRouting!, weight),
                OwnerReferences = [ReplicaSetClaims.OwnerReference(rollout)],
            },
            Spec = new V1IngressSpec { IngressClassName = stable.Spec.IngressClassName, Tls = stable.Spec.Tls, Rules = rules },
        };
    }

    private static V1IngressRule ToCanary(V1IngressRule rule, CanaryStrategy canary)
    {
        var copy = KubernetesJson.Deserialize<V1IngressRule>(KubernetesJson.Serialize(rule));
        foreach (var path in copy.Http.Paths.Where(path => path.Backend.Service?.Name == canary.StableService))
        {
            path.Backend.Service.Name = canary.CanaryService;
        }

        return copy;
    }

    private static Dictionary<string, string> Annotations(V1Ingress stable, RolloutTrafficRouting routing, int weight)
    {
        var nginx = routing.Nginx!;
        var prefix = string.IsNullOrEmpty(nginx.AnnotationPrefix) ? "nginx.ingress.kubernetes.io" : nginx.AnnotationPrefix;
        var annotations = new Dictionary<string, string>();
        if (stable.Metadata.Annotations?.TryGetValue("kubernetes.io/ingress.class", out var ingressClass) == true)
        {
            annotations["kubernetes.io/ingress.class"] = ingressClass;
        }

        foreach (var (key, value) in nginx.AdditionalIngressAnnotations ?? new Dictionary<string, string>())
        {
            annotations[key.StartsWith(prefix, StringComparison.Ordinal) ? key : $"{prefix}/{key}"] = value;
        }

        foreach (var (key, value) in nginx.CanaryIngressAnnotations ?? new Dictionary<string, string>())
        {
            annotations[key] = value;
        }

        annotations[$"{prefix}/canary"] = "true";
        annotations[$"{prefix}/canary-weight"] = weight.ToString(CultureInfo.InvariantCulture);
        if (routing.MaxTrafficWeight is { } total)
        {
            annotations[$"{prefix}/canary-weight-total"] = total.ToString(CultureInfo.InvariantCulture);
        }

        return annotations;
    }
}
