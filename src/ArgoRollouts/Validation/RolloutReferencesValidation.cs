using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.Models;
using ArgoRollouts.Services;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoRollouts.Validation;

/// <summary>
/// What the objects that a Rollout names must satisfy: Services, then analysis templates, then ingresses; all must exist before any is looked
/// into (controller.go, getRolloutReferencedResources; validation_references.go).
/// </summary>
internal sealed class RolloutReferencesValidation(ILister<V1Service> services, ILister<V1Ingress> ingresses, AnalysisTemplates templates)
{
    public IEnumerable<FieldError> Validate(Rollout rollout)
        => MissingServices(rollout)
            .Concat(AnalysisValidation.Missing(rollout, templates))
            .Concat(Ingresses(rollout, Missing))
            .Concat(ServiceContents(rollout))
            .Concat(AnalysisValidation.Contents(rollout, templates))
            .Concat(Ingresses(rollout, WithoutRule));

    private IEnumerable<FieldError> MissingServices(Rollout rollout)
        => from service in RolloutServices.Of(rollout)
           where services.Find(Named(rollout, service.Name)) is null
           select FieldError.Invalid(service.Field, service.Name, $"service \"{service.Name}\" not found");

    private IEnumerable<FieldError> ServiceContents(Rollout rollout)
    {
        var labels = rollout.Spec.Template?.Metadata?.Labels;
        foreach (var (field, name) in RolloutServices.Of(rollout))
        {
            if (services.Find(Named(rollout, name)) is not { } service)
            {
                continue;
            }

            foreach (var (key, value) in service.Spec.Selector ?? new Dictionary<string, string>())
            {
                if (key != RolloutsKeys.PodTemplateHash && !(labels?.TryGetValue(key, out var own) == true && own == value))
                {
                    yield return FieldError.Invalid(field, name, $"Service \"{name}\" has unmatch label \"{key}\" in rollout");
                }
            }

            if (service.Metadata.Annotation(RolloutsKeys.ManagedByRollouts) is { } managedBy && managedBy != rollout.Metadata.Name)
            {
                yield return FieldError.Invalid(field, name, $"Service \"{name}\" is managed by another Rollout");
            }
        }
    }

    private static IEnumerable<FieldError> Ingresses(Rollout rollout, Func<Rollout, NginxTrafficRouting, IEnumerable<FieldError>> check)
        => rollout.Spec.Strategy.Canary?.TrafficRouting?.Nginx is { } nginx ? check(rollout, nginx) : [];

    private IEnumerable<FieldError> Missing(Rollout rollout, NginxTrafficRouting nginx)
    {
        const string path = "spec.strategy.canary.trafficRouting.nginx";
        var single = !string.IsNullOrEmpty(nginx.StableIngress);
        if (single == nginx.StableIngresses is { Count: > 0 })
        {
            var which = single ? "Both" : "Neither";
            yield return FieldError.Internal(path, $"Either StableIngress or StableIngresses must be configured. {which} are configured.");
            yield break;
        }

        foreach (var name in single ? [nginx.StableIngress!] : nginx.StableIngresses!)
        {
            if (ingresses.Find(Named(rollout, name)) is null)
            {
                var detail = $"ingress.networking.k8s.io \"{name}\" not found";
                yield return single
                    ? FieldError.Invalid($"{path}.stableIngress", name, detail)
                    : FieldError.Invalid($"{path}.StableIngresses", nginx.StableIngresses, detail);
            }
        }
    }

    private IEnumerable<FieldError> WithoutRule(Rollout rollout, NginxTrafficRouting nginx)
    {
        var stableService = rollout.Spec.Strategy.Canary!.StableService;
        var several = nginx.StableIngresses is { Count: > 0 };
        foreach (var name in several ? nginx.StableIngresses! : [nginx.StableIngress ?? ""])
        {
            var paths = ingresses.Find(Named(rollout, name))?.Spec.Rules?.SelectMany(rule => rule.Http?.Paths ?? []);
            if (paths?.Any(path => path.Backend.Service?.Name == stableService) == false)
            {
                var field = several ? "stableIngresses" : "stableIngress";
                yield return FieldError.Invalid(
                    $"spec.strategy.canary.trafficRouting.nginx.{field}", name, $"ingress `{name}` has no rules using service {stableService} backend");
            }
        }
    }

    private static NamespacedName Named(Rollout rollout, string name) => new(rollout.Metadata.NamespaceProperty ?? "", name);
}
