namespace ArgoRollouts.Models;

/// <summary>Labels and annotations by which Argo Rollouts marks objects (types.go, utils/annotations).</summary>
public static class RolloutsKeys
{
    /// <summary>Label of ReplicaSets and pods, and key of the Services' selectors.</summary>
    public const string PodTemplateHash = "rollouts-pod-template-hash";

    /// <summary>Annotation of a ReplicaSet: RFC 3339 time at which it may be scaled down.</summary>
    public const string ScaleDownDeadline = "scale-down-deadline";

    /// <summary>Annotation of a Service or Ingress: the Rollout that changes it without owning it.</summary>
    public const string ManagedByRollouts = "argo-rollouts.argoproj.io/managed-by-rollouts";

    public const string ControllerInstanceId = "argo-rollouts.argoproj.io/controller-instance-id";

    /// <summary>Annotation of Rollout, ReplicaSet and AnalysisRun: the number of the revision.</summary>
    public const string Revision = "rollout.argoproj.io/revision";

    /// <summary>Annotation of a ReplicaSet: the revisions it had before, comma separated.</summary>
    public const string RevisionHistory = "rollout.argoproj.io/revision-history";

    /// <summary>Annotation of a ReplicaSet: spec.replicas of its Rollout when last reconciled; tells a scaling event.</summary>
    public const string DesiredReplicas = "rollout.argoproj.io/desired-replicas";

    /// <summary>Annotation of Rollout and ReplicaSet: the generation of the referenced workload.</summary>
    public const string WorkloadGeneration = "rollout.argoproj.io/workload-generation";

    /// <summary>Annotation of a ReplicaSet: the metadata its pods carry only while they have a role.</summary>
    public const string EphemeralMetadata = "rollout.argoproj.io/ephemeral-metadata";

    /// <summary>Annotation of a ReplicaSet that had pods deleted for spec.restartAt.</summary>
    public const string RestartedAfter = "argo-rollouts.argoproj.io/restarted-after";
}
