using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Health;

/// <summary>Deployment, ReplicaSet, StatefulSet and DaemonSet (<c>health_deployment.go</c> and neighbours).</summary>
internal static class WorkloadHealth
{
    public static HealthStatus Deployment(JsonObject deployment)
    {
        if (deployment.Flag("spec", "paused"))
        {
            return new HealthStatus(HealthCode.Suspended, "Deployment is paused");
        }

        var status = deployment["status"];
        if (Generation(deployment) > Count(status, "observedGeneration"))
        {
            return Waiting("Waiting for rollout to finish: observed deployment generation less than desired generation");
        }

        var (updated, replicas, available) = (Count(status, "updatedReplicas"), Count(status, "replicas"), Count(status, "availableReplicas"));
        if (Condition(status, "Progressing").Text("reason") == "ProgressDeadlineExceeded")
        {
            return new HealthStatus(HealthCode.Degraded, $"Deployment \"{deployment.Text("metadata", "name")}\" exceeded its progress deadline");
        }

        if (deployment.Number("spec", "replicas") is { } desired && updated < desired)
        {
            return Waiting($"Waiting for rollout to finish: {updated} out of {desired} new replicas have been updated...");
        }

        if (replicas > updated)
        {
            return Waiting($"Waiting for rollout to finish: {replicas - updated} old replicas are pending termination...");
        }

        return available < updated
            ? Waiting($"Waiting for rollout to finish: {available} of {updated} updated replicas are available...")
            : new HealthStatus(HealthCode.Healthy);
    }

    public static HealthStatus ReplicaSet(JsonObject set)
    {
        var status = set["status"];
        if (Generation(set) > Count(status, "observedGeneration"))
        {
            return Waiting("Waiting for rollout to finish: observed replica set generation less than desired generation");
        }

        if (Condition(status, "ReplicaFailure") is { } failure && failure.Text("status") == "True")
        {
            return new HealthStatus(HealthCode.Degraded, failure.Text("message"));
        }

        return set.Number("spec", "replicas") is { } desired && Count(status, "availableReplicas") < desired
            ? Waiting($"Waiting for rollout to finish: {Count(status, "availableReplicas")} out of {desired} new replicas are available...")
            : new HealthStatus(HealthCode.Healthy);
    }

    public static HealthStatus StatefulSet(JsonObject set)
    {
        var (spec, status) = (set["spec"], set["status"]);
        var observed = Count(status, "observedGeneration");
        if (observed == 0 || Generation(set) > observed)
        {
            return Waiting("Waiting for statefulset spec update to be observed...");
        }

        var (ready, updated) = (Count(status, "readyReplicas"), Count(status, "updatedReplicas"));
        if (spec.Number("replicas") is { } desired && ready < desired)
        {
            return Waiting($"Waiting for {desired - ready} pods to be ready...");
        }

        var strategy = spec.Text("updateStrategy", "type");
        if (strategy == "RollingUpdate" && spec.Object("updateStrategy", "rollingUpdate") is { } rolling)
        {
            return spec.Number("replicas") is { } replicas && rolling.Number("partition") is { } partition && updated < replicas - partition
                ? Waiting($"Waiting for partitioned roll out to finish: {updated} out of {replicas - partition} new pods have been updated...")
                : new HealthStatus(HealthCode.Healthy, $"partitioned roll out complete: {updated} new pods have been updated...");
        }

        if (strategy == "OnDelete")
        {
            return new HealthStatus(HealthCode.Healthy, $"statefulset has {ready} ready pods");
        }

        return status.Text("updateRevision") != status.Text("currentRevision")
            ? Waiting($"waiting for statefulset rolling update to complete {updated} pods at revision {status.Text("updateRevision")}...")
            : new HealthStatus(
                HealthCode.Healthy,
                $"statefulset rolling update complete {Count(status, "currentReplicas")} pods at revision {status.Text("currentRevision")}...");
    }

    public static HealthStatus DaemonSet(JsonObject set)
    {
        var status = set["status"];
        if (Generation(set) > Count(status, "observedGeneration"))
        {
            return Waiting("Waiting for rollout to finish: observed daemon set generation less than desired generation");
        }

        var (updated, desired) = (Count(status, "updatedNumberScheduled"), Count(status, "desiredNumberScheduled"));
        if (set.Text("spec", "updateStrategy", "type") == "OnDelete")
        {
            return new HealthStatus(HealthCode.Healthy, $"daemon set {updated} out of {desired} new pods have been updated");
        }

        var name = set.Text("metadata", "name");
        if (updated < desired)
        {
            return Waiting($"Waiting for daemon set \"{name}\" rollout to finish: {updated} out of {desired} new pods have been updated...");
        }

        var available = Count(status, "numberAvailable");
        return available < desired
            ? Waiting($"Waiting for daemon set \"{name}\" rollout to finish: {available} of {desired} updated pods are available...")
            : new HealthStatus(HealthCode.Healthy);
    }

    internal static JsonObject? Condition(JsonNode? status, string type)
        => status.Objects("conditions").FirstOrDefault(condition => condition.Text("type") == type);

    private static HealthStatus Waiting(string message) => new(HealthCode.Progressing, message);

    private static long Generation(JsonObject @object) => @object.Number("metadata", "generation") ?? 0;

    private static long Count(JsonNode? status, string field) => status.Number(field) ?? 0;
}
