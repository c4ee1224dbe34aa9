using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Kinds that make pods: defaults of apps/v1 and batch/v1 (kubernetes pkg/apis/*/v1/defaults.go).</summary>
internal static class WorkloadStrategies
{
    public static ResourceStrategy Deployment { get; } = new()
    {
        HasGeneration = true,
        GenerationCountsAnnotations = true,
        Default = DefaultDeployment,
        PrepareForCreate = deployment => deployment["status"] = new JsonObject(),
        Validate = WorkloadValidation.Deployment,
        ValidateUpdate = WorkloadValidation.SelectorUnchanged,
    };

    public static ResourceStrategy ReplicaSet { get; } = new()
    {
        HasGeneration = true,
        Default = set => DefaultSpec(set).Default("replicas", 1),
        PrepareForCreate = set => set["status"] = new JsonObject { ["replicas"] = 0 },
        Validate = WorkloadValidation.Check,
        ValidateUpdate = WorkloadValidation.SelectorUnchanged,
        FieldNames = ["status.replicas"],
        Fields = set => [("status.replicas", (set.Number("status", "replicas") ?? 0).ToString())],
    };

    public static ResourceStrategy StatefulSet { get; } = new()
    {
        HasGeneration = true,
        Default = DefaultStatefulSet,
        PrepareForCreate = set => set["status"] = new JsonObject { ["replicas"] = 0, ["availableReplicas"] = 0 },
        Validate = WorkloadValidation.Check,
        ValidateUpdate = WorkloadValidation.StatefulSetUpdate,
    };

    public static ResourceStrategy DaemonSet { get; } = new()
    {
        HasGeneration = true,
        Default = DefaultDaemonSet,
        PrepareForCreate = StartDaemonSet,
        Validate = WorkloadValidation.DaemonSet,
        ValidateUpdate = WorkloadValidation.SelectorUnchanged,
    };

    public static ResourceStrategy ReplicationController { get; } = new()
    {
        HasGeneration = true,
        DefaultPropagation = Propagation.Orphan,
        Default = controller => DefaultSpec(controller).Default("replicas", 1),
    };

    public static ResourceStrategy Job { get; } = new()
    {
        HasGeneration = true,
        // batch/v1 keeps the old default: pods outlive a job deleted without a policy
        DefaultPropagation = Propagation.Orphan,
        Default = job => DefaultJobSpec(job.Sub("spec")),
        PrepareForCreate = SelectOwnPods,
        Validate = JobValidation.Check,
        ValidateUpdate = JobValidation.Update,
        FieldNames = ["status.successful"],
        Fields = job => [("status.successful", (job.Number("status", "succeeded") ?? 0).ToString())],
    };

    public static ResourceStrategy CronJob { get; } = new()
    {
        HasGeneration = true,
        Default = DefaultCronJob,
        PrepareForCreate = cronJob => cronJob["status"] = new JsonObject(),
        Validate = CronJobValidation.Check,
    };

    private static JsonObject DefaultSpec(JsonObject workload)
    {
        var spec = workload.Sub("spec");
        PodDefaults.Template(spec);
        return spec;
    }

    private static void DefaultDeployment(JsonObject deployment)
    {
        var spec = DefaultSpec(deployment);
        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        var strategy = spec.Sub("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            var rolling = strategy.Sub("rollingUpdate");
            rolling.Default("maxUnavailable", "25%");
            rolling.Default("maxSurge", "25%");
        }
    }

    private static void DefaultStatefulSet(JsonObject set)
    {
        var spec = DefaultSpec(set);
        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("podManagementPolicy", "OrderedReady");
        spec.Default("serviceName", "");
        foreach (var claim in spec.Items("volumeClaimTemplates"))
        {
            claim.Default("apiVersion", "v1");
            claim.Default("kind", "PersistentVolumeClaim");
            StorageStrategies.DefaultClaim(claim);
            claim.Default("status", new JsonObject { ["phase"] = "Pending" });
        }
        var strategy = spec.Sub("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Sub("rollingUpdate").Default("partition", 0);
        }
        var retention = spec.Sub("persistentVolumeClaimRetentionPolicy");
        retention.Default("whenDeleted", "Retain");
        retention.Default("whenScaled", "Retain");
    }

    private static void StartDaemonSet(JsonObject set)
    {
        set.Sub("metadata").Sub("annotations").Default("deprecated.daemonset.template.generation", "1");
        set["status"] = new JsonObject { ["currentNumberScheduled"] = 0, ["numberMisscheduled"] = 0, ["desiredNumberScheduled"] = 0, ["numberReady"] = 0 };
    }

    private static void DefaultDaemonSet(JsonObject set)
    {
        var spec = DefaultSpec(set);
        spec.Default("revisionHistoryLimit", 10);
        var strategy = spec.Sub("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            var rolling = strategy.Sub("rollingUpdate");
            rolling.Default("maxUnavailable", 1);
            rolling.Default("maxSurge", 0);
        }
    }

    private static void DefaultCronJob(JsonObject cronJob)
    {
        var spec = cronJob.Sub("spec");
        spec.Default("concurrencyPolicy", "Allow");
        spec.Default("suspend", false);
        spec.Default("successfulJobsHistoryLimit", 3);
        spec.Default("failedJobsHistoryLimit", 1);
        PodDefaults.Template(spec.Sub("jobTemplate").Sub("spec"));
    }

    private static void DefaultJobSpec(JsonObject spec)
    {
        PodDefaults.Template(spec);
        if (spec["completions"] is null && spec["parallelism"] is null)
        {
            spec["completions"] = 1;
        }
        spec.Default("parallelism", 1);
        spec.Default("backoffLimit", spec["backoffLimitPerIndex"] is null ? 6 : int.MaxValue);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("suspend", false);
        spec.Default("podReplacementPolicy", spec["podFailurePolicy"] is null ? "TerminatingOrFailed" : "Failed");
        spec.Default("manualSelector", false);
    }

    /// <summary>A job selects by its own uid unless told otherwise (kubernetes pkg/registry/batch/job/strategy.go).</summary>
    private static void SelectOwnPods(JsonObject job)
    {
        job["status"] = new JsonObject();
        var spec = job.Sub("spec");
        if (spec.Flag("manualSelector") == true)
        {
            return;
        }
        var uid = job.Text("metadata", "uid");
        var name = job.Text("metadata", "name");
        var labels = spec.Sub("template").Sub("metadata").Sub("labels");
        labels["batch.kubernetes.io/controller-uid"] = uid;
        labels["batch.kubernetes.io/job-name"] = name;
        labels["controller-uid"] = uid;
        labels["job-name"] = name;
        spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = uid } };
    }
}
