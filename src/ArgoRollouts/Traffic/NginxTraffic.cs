using System.Text.Json.Nodes;
using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Status;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Traffic;

/// <summary>Sets the weight by a canary ingress per stable ingress (docs/features/traffic-management/nginx.md).</summary>
internal sealed class NginxTraffic(ApiClient client, ILister<V1Ingress> ingresses, RolloutEvents events)
{
    public async Task SetWeightAsync(Rollout rollout, int weight, CancellationToken cancel)
    {
        var nginx = rollout.Spec.Strategy.Canary!.TrafficRouting!.Nginx!;
        foreach (var name in nginx.StableIngresses is { Count: > 0 } several ? several : [nginx.StableIngress ?? ""])
        {
            var stable = ingresses.Find(new NamespacedName(rollout.Metadata.NamespaceProperty, name))
                         ?? throw new InvalidOperationException($"error retrieving stableIngress `{name}` from cache: ingress.networking.k8s.io \"{name}\" not found");
            await ApplyAsync(rollout, NginxCanaryIngress.Build(rollout, stable, weight), weight, cancel);
        }
    }

    private async Task ApplyAsync(Rollout rollout, V1Ingress desired, int weight, CancellationToken cancel)
    {
        var name = desired.Metadata.Name;
        var current = ingresses.Find(NamespacedName.Of(desired));
        if (current is null)
        {
            await events.NormalAsync(rollout, "CreatingCanaryIngress", $"Creating canary ingress `{name}` with weight `{weight}`", cancel);
            try
            {
                await client.CreateAsync(Resources.Ingresses, desired, cancel);
                return;
            }
            catch (ApiException exception) when (exception.IsAlreadyExists)
            {
                current = await client.GetAsync(Resources.Ingresses, desired.Metadata.NamespaceProperty, name, cancel); // the cache was behind
            }
        }

        if (current.Metadata.ControllerUid() != rollout.Metadata.Uid)
        {
            throw new InvalidOperationException($"canary ingress `{name}` controlled by different object");
        }

        if (Difference(current, desired) is not { Count: > 0 } patch)
        {
            return;
        }

        await events.NormalAsync(rollout, "PatchingCanaryIngress", $"Updating Ingress `{name}` to desiredWeight '{weight}'", cancel);
        await client.PatchAsync(Resources.Ingresses, desired.Metadata.NamespaceProperty, name, Patch.Merge(patch), cancel: cancel);
    }

    // Annotations that others put on the canary ingress stay.
    private static JsonObject Difference(V1Ingress current, V1Ingress desired)
    {
        var patch = new JsonObject();
        var annotations = StatusPatch.Between(Json(current.Metadata.Annotations), Merged(current, desired));
        if (annotations.Count > 0)
        {
            patch["metadata"] = new JsonObject { ["annotations"] = annotations };
        }

        var spec = StatusPatch.Between(Json(current.Spec), Json(desired.Spec));
        if (spec.Count > 0)
        {
            patch["spec"] = spec;
        }

        return patch;
    }

    private static JsonObject Merged(V1Ingress current, V1Ingress desired)
    {
        var merged = new Dictionary<string, string>(current.Metadata.Annotations ?? new Dictionary<string, string>());
        foreach (var (key, value) in desired.Metadata.Annotations)
        {
            merged[key] = value;
        }

        return Json(merged);
    }

    private static JsonObject Json(object? value) => value is null ? [] : (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(value))!;
}
