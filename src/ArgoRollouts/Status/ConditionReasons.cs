namespace ArgoRollouts.Status;

/// <summary>Reasons and messages of conditions and events, in upstream's words (utils/conditions/conditions.go).</summary>
internal static class Reasons
{
    public const string InvalidSpec = "InvalidSpec";
    public const string Available = "AvailableReason";
    public const string ReplicaSetUpdated = "ReplicaSetUpdated";
    public const string ReplicaSetCreateError = "ReplicaSetCreateError";
    public const string NewReplicaSetCreated = "NewReplicaSetCreated";
    public const string FoundNewReplicaSet = "FoundNewReplicaSet";
    public const string RolloutUpdated = "RolloutUpdated";
    public const string RolloutCompleted = "RolloutCompleted";
    public const string RolloutNotCompleted = "RolloutNotCompleted";
    public const string RolloutHealthy = "RolloutHealthy";
    public const string RolloutAborted = "RolloutAborted";
    public const string RolloutRetry = "RolloutRetry";
    public const string RolloutPaused = "RolloutPaused";
    public const string RolloutResumed = "RolloutResumed";
    public const string RolloutStepCompleted = "RolloutStepCompleted";
    public const string RolloutDeleted = "RolloutDeleted";
    public const string RolloutAddedToInformer = "RolloutAddedToInformer";
    public const string ReplicaSetNotAvailable = "ReplicaSetNotAvailable";
    public const string NewReplicaSetAvailable = "NewReplicaSetAvailable";
    public const string ProgressDeadlineExceeded = "ProgressDeadlineExceeded";
    public const string ScalingReplicaSet = "ScalingReplicaSet";
    public const string TrafficWeightUpdated = "TrafficWeightUpdated";
    public const string SwitchService = "SwitchService";
    public const string SkipSteps = "SkipSteps";
}

/// <summary>The texts that go with <see cref="Reasons"/>.</summary>
internal static class Messages
{
    public const string Available = "Rollout has minimum availability";
    public const string NotAvailable = "Rollout does not have minimum availability";
    public const string Healthy = "Rollout is healthy";
    public const string NotHealthy = "Rollout is not healthy";
    public const string Paused = "Rollout is paused";
    public const string Resumed = "Rollout is resumed";
    public const string Retry = "Retrying Rollout after abort";

    public static string RolloutProgressing(string rollout) => $"Rollout \"{rollout}\" is progressing.";

    public static string ReplicaSetProgressing(string set) => $"ReplicaSet \"{set}\" is progressing.";

    public static string ReplicaSetCompleted(string set) => $"ReplicaSet \"{set}\" has successfully progressed.";

    public static string RolloutTimedOut(string rollout) => $"Rollout \"{rollout}\" has timed out progressing.";

    public static string ReplicaSetTimedOut(string set) => $"ReplicaSet \"{set}\" has timed out progressing.";

    public static string NewReplicaSet(string set) => $"Created new replica set \"{set}\"";

    public static string FoundNewReplicaSet(string set) => $"Found new replica set \"{set}\"";

    public static string FailedReplicaSetCreate(string set, string error) => $"Failed to create new replica set \"{set}\": {error}";

    public static string CreatedReplicaSet(string set, long revision) => $"Created ReplicaSet {set} (revision {revision})";

    public static string RolloutUpdated(string revision) => $"Rollout updated to revision {revision}";

    public static string RolloutCompleted(long revision, string hash, string why) => $"Rollout completed update to revision {revision} ({hash}): {why}";

    public static string RolloutNotCompleted(long revision, string hash) => $"Rollout not completed, started update to revision {revision} ({hash})";

    public static string RolloutAborted(long revision, string why)
        => $"Rollout aborted update to revision {revision}" + (why.Length > 0 ? $": {why}" : "");

    public static string StepCompleted(int step, int steps, string what) => $"Rollout step {step}/{steps} completed ({what})";

    public static string Scaled(string direction, string set, long revision, int from, int to)
        => $"Scaled {direction} ReplicaSet {set} (revision {revision}) from {from} to {to}";

    public static string SwitchedService(string service, string from, string to) => $"Switched selector for service '{service}' from '{from}' to '{to}'";
}
