namespace ArgoRollouts.Models;

/// <summary>Values of status.conditions[].type (types.go, RolloutConditionType).</summary>
public static class RolloutConditionType
{
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>The active ReplicaSet has its required pods, each up for minReadySeconds.</summary>
    public const string Available = "Available";
    public const string Progressing = "Progressing";
    public const string ReplicaFailure = "ReplicaFailure";
    public const string Paused = "Paused";

    /// <summary>The update to the desired revision is done; stays true when a pod fails afterwards.</summary>
    public const string Completed = "Completed";
    public const string Healthy = "Healthy";
}
