using System.Text.Json.Nodes;
using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Status;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.Services;

/// <summary>Points a Service at one ReplicaSet: the hash in its selector, and whose Rollout does so as an annotation (rollout/service.go).</summary>
internal sealed class ServiceSelectorSwitch(ApiClient client, RolloutEvents events)
{
    /// <summary>The Service as it is afterwards: itself when it selects the hash already.</summary>
    public async Task<V1Service> SwitchAsync(Rollout rollout, V1Service service, string hash, CancellationToken cancel)
    {
        var managed = service.Metadata.Annotation(RolloutsKeys.ManagedByRollouts) is not null;
        var before = service.Spec.Selector?.TryGetValue(RolloutsKeys.PodTemplateHash, out var selected) == true ? selected : null;
        if (before == hash && managed)
        {
            return service;
        }

        var patch = new JsonObject { ["spec"] = new JsonObject { ["selector"] = new JsonObject { [RolloutsKeys.PodTemplateHash] = hash } } };
        if (!managed)
        {
            patch["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [RolloutsKeys.ManagedByRollouts] = rollout.Metadata.Name } };
        }

        var switched = await client.PatchAsync(
            Resources.Services, service.Metadata.NamespaceProperty, service.Metadata.Name, Patch.Strategic(patch), cancel: cancel);
        await events.NormalAsync(rollout, Reasons.SwitchService, Messages.SwitchedService(service.Metadata.Name, before ?? "", hash), cancel);
        return switched;
    }
}
