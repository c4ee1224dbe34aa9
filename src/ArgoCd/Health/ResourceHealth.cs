using System.Text.Json.Nodes;
using ArgoCd.Json;
using ArgoCd.Sync;

namespace ArgoCd.Health;

/// <summary>
/// Health of one live object by its kind (<c>gitops-engine/pkg/health</c> and <c>resource_customizations</c>).
/// Kinds without a rule, e.g. ConfigMap, have no health.
/// </summary>
internal static class ResourceHealth
{
    private static readonly Dictionary<(string Group, string Kind), Func<JsonObject, HealthStatus>> Rules = new()
    {
        [("apps", "Deployment")] = WorkloadHealth.Deployment,
        [("apps", "ReplicaSet")] = WorkloadHealth.ReplicaSet,
        [("apps", "StatefulSet")] = WorkloadHealth.StatefulSet,
        [("apps", "DaemonSet")] = WorkloadHealth.DaemonSet,
        [("", "Pod")] = PodHealth.Pod,
        [("", "Service")] = CoreHealth.Service,
        [("", "PersistentVolumeClaim")] = CoreHealth.PersistentVolumeClaim,
        [("networking.k8s.io", "Ingress")] = CoreHealth.Ingress,
        [("extensions", "Ingress")] = CoreHealth.Ingress,
        [("apiregistration.k8s.io", "APIService")] = CoreHealth.ApiService,
        [("policy", "PodDisruptionBudget")] = CoreHealth.PodDisruptionBudget,
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = CoreHealth.CustomResourceDefinition,
        [("batch", "Job")] = BatchHealth.Job,
        [("batch", "CronJob")] = BatchHealth.CronJob,
        [("autoscaling", "HorizontalPodAutoscaler")] = AutoscalerHealth.HorizontalPodAutoscaler,
        [("argoproj.io", "Rollout")] = RolloutHealth.Rollout,
        [("argoproj.io", "AnalysisRun")] = RolloutsHealth.AnalysisRun,
        [("argoproj.io", "Experiment")] = RolloutsHealth.Experiment,
    };

    /// <summary>Null when the kind has no notion of health.</summary>
    public static HealthStatus? Of(JsonObject live)
    {
        if (live.Text("metadata", "deletionTimestamp") is not null && !Hooks.HasHookFinalizer(live))
        {
            return new HealthStatus(HealthCode.Progressing, "Pending deletion");
        }

        var apiVersion = live.Text("apiVersion") ?? "";
        var group = apiVersion.Contains('/') ? apiVersion[..apiVersion.IndexOf('/')] : "";
        return Rules.TryGetValue((group, live.Text("kind") ?? ""), out var rule) ? rule(live) : null;
    }
}
