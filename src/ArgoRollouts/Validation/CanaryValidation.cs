using ArgoRollouts.Analysis;
using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.Validation;

/// <summary>What spec.strategy.canary must satisfy (validation.go, ValidateRolloutStrategyCanary). Upstream leaves "canary" out of these paths.</summary>
internal static class CanaryValidation
{
    private const string Path = "spec.strategy";
    private const string InvalidStep = "Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause";

    public static IEnumerable<FieldError> Validate(Rollout rollout)
    {
        var canary = rollout.Spec.Strategy.Canary!;
        return SurgeAndUnavailable(rollout, canary)
            .Concat(Services(canary))
            .Concat(ScaleDown(canary))
            .Concat((canary.Steps ?? []).SelectMany((step, index) => Step(rollout, canary, step, $"{Path}.steps[{index}]")))
            .Concat(RolloutSpecValidation.AntiAffinity(canary.AntiAffinity));
    }

    private static IEnumerable<FieldError> SurgeAndUnavailable(Rollout rollout, CanaryStrategy canary)
        => Number(Defaults.MaxSurge(rollout)) == 0 && Number(Defaults.MaxUnavailable(rollout)) == 0
            ? [FieldError.Invalid($"{Path}.maxSurge", canary.MaxSurge, "MaxSurge and MaxUnavailable both can not be zero")]
            : [];

    private static int Number(IntOrString value) => int.TryParse(value.Value.TrimEnd('%'), out var number) ? number : 0;

    private static IEnumerable<FieldError> Services(CanaryStrategy canary)
    {
        const string bothNeeded = "Canary service and Stable service must to be set to use Traffic Routing";
        if (!string.IsNullOrEmpty(canary.CanaryService) && canary.CanaryService == canary.StableService)
        {
            yield return FieldError.Invalid(
                $"{Path}.stableService",
                canary.StableService,
                "This rollout uses the same service for the stable and canary services, but two different services are required.");
        }

        if (canary.PingPong is not null && canary.TrafficRouting is { Alb: null, Istio: null })
        {
            yield return FieldError.Invalid($"{Path}.trafficRouting.alb", null, "Ping-pong feature works with the ALB and Istio traffic routers only");
        }

        var needed = canary.TrafficRouting is { } routing
                     && (routing is { Smi: not null } or { Apisix: not null } or { Ambassador: not null } or { Nginx: not null } or { AppMesh: not null } or { Traefik: not null }
                         || (canary.PingPong is null && (routing.Alb is not null || (routing.Istio is { } istio && istio["destinationRule"] is null))));
        if (needed && string.IsNullOrEmpty(canary.StableService))
        {
            yield return FieldError.Invalid($"{Path}.stableService", "", bothNeeded);
        }

        if (needed && string.IsNullOrEmpty(canary.CanaryService))
        {
            yield return FieldError.Invalid($"{Path}.canaryService", "", bothNeeded);
        }
    }

    private static IEnumerable<FieldError> ScaleDown(CanaryStrategy canary)
    {
        var routing = canary.TrafficRouting;
        if (routing is null && canary.ScaleDownDelaySeconds is { } seconds)
        {
            yield return FieldError.Invalid($"{Path}.scaleDownDelaySeconds", seconds, "Canary scaleDownDelaySeconds can only be used with traffic routing");
        }

        if (canary.DynamicStableScale && routing is null)
        {
            yield return FieldError.Invalid($"{Path}.dynamicStableScale", true, "Canary dynamicStableScale can only be used with traffic routing");
        }
        else if (canary is { DynamicStableScale: true, ScaleDownDelaySeconds: not null })
        {
            yield return FieldError.Invalid($"{Path}.dynamicStableScale", true, "Canary dynamicStableScale cannot be used with scaleDownDelaySeconds");
        }

        if (routing is { MaxTrafficWeight: { } weight, Nginx: null } && routing.Plugins is not { Count: > 0 })
        {
            yield return FieldError.Invalid(
                $"{Path}.trafficRouting.maxTrafficWeight", weight, "Canary maxTrafficWeight in traffic routing only supported in Nginx and Plugins");
        }
    }

    private static IEnumerable<FieldError> Step(Rollout rollout, CanaryStrategy canary, CanaryStep step, string path)
    {
        object?[] exclusive = [step.SetWeight, step.Pause, step.Experiment, step.Analysis];
        if (exclusive.Count(kind => kind is not null) > 1)
        {
            var value = $"step.Experiment: {Word(step.Experiment is not null)} step.Pause: {Word(step.Pause is not null)} "
                        + $"step.SetWeight: {Word(step.SetWeight is not null)} step.Analysis: {Word(step.Analysis is not null)}";
            yield return FieldError.Invalid(path, value, InvalidStep);
        }

        object?[] any = [.. exclusive, step.SetCanaryScale, step.SetHeaderRoute, step.SetMirrorRoute, step.Plugin];
        if (any.All(kind => kind is null))
        {
            string[] names = ["Experiment", "Pause", "SetWeight", "Analysis", "SetCanaryScale", "SetHeaderRoute", "SetMirrorRoute", "Plugin"];
            yield return FieldError.Invalid(path, string.Join(' ', names.Select(name => $"step.{name}: true")), InvalidStep); // "true" is upstream's: is it unset
        }

        var max = Defaults.MaxTrafficWeight(rollout);
        if (step.SetWeight is { } weight && (weight < 0 || weight > max))
        {
            yield return FieldError.Invalid($"{path}.setWeight", weight, $"SetWeight needs to be between 0 and {max}");
        }

        if (step.Pause is { DurationSeconds: < 0 } pause)
        {
            yield return FieldError.Invalid($"{path}.pause.duration", pause.DurationSeconds, "Duration needs to be greater than 0");
        }

        if (step.SetCanaryScale is not null && canary.TrafficRouting is null)
        {
            yield return FieldError.Required($"{Path}.trafficRouting", "SetCanaryScale requires TrafficRouting to be set");
        }

        foreach (var error in Routes(canary.TrafficRouting, step, path).Concat(Arguments(rollout, step, path)))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Routes(RolloutTrafficRouting? routing, CanaryStep step, string path)
    {
        if (step.SetHeaderRoute is { } header && routing is not ({ Istio: not null } or { Alb: not null } or { Apisix: not null } or { Plugins.Count: > 0 }))
        {
            yield return FieldError.Invalid($"{path}.setHeaderRoute", header, "SetHeaderRoute requires TrafficRouting, supports Istio and ALB and Apisix");
        }

        if (step.SetMirrorRoute is { } mirror && routing?.Istio is null)
        {
            yield return FieldError.Invalid($"{path}.setMirrorRoute", mirror, "SetMirrorRoute requires TrafficRouting, supports Istio only");
        }
    }

    private static IEnumerable<FieldError> Arguments(Rollout rollout, CanaryStep step, string path)
    {
        var arguments = (step.Experiment?.Analyses ?? []).SelectMany(analysis => analysis.Args ?? []).Concat(step.Analysis?.Args ?? []).ToList();
        foreach (var field in arguments.Select(argument => argument.ValueFrom?.FieldRef?.FieldPath).OfType<string>())
        {
            if (field.StartsWith("metadata", StringComparison.Ordinal) && !IsSupported(rollout, field))
            {
                yield return FieldError.Invalid($"{path}.analyses", arguments, "Analyses arguments must refer to valid object metadata supported by downwardAPI");
            }
        }
    }

    private static bool IsSupported(Rollout rollout, string field)
    {
        try
        {
            MetadataField.Read(rollout.Metadata, field);
            return true;
        }
        catch (AnalysisException)
        {
            return false;
        }
    }

    private static string Word(bool value) => value ? "true" : "false";
}
