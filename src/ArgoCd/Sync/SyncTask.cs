using ArgoCd.Applications;
using ArgoCd.Comparison;
using Controllers.Runtime.Client;

namespace ArgoCd.Sync;

/// <summary>One thing that a sync does: apply a target, run a hook, or prune a live object that has no target.</summary>
internal sealed class SyncTask(string phase, Unstructured? target, Unstructured? live)
{
    public string Phase { get; set; } = phase;

    public Unstructured? Target { get; set; } = target;

    public Unstructured? Live { get; set; } = live;

    public int? WaveOverride { get; set; }

    /// <summary>Synced, SyncFailed, Pruned, PruneSkipped, or null before it ran.</summary>
    public string? Status { get; set; }

    /// <summary>One of <see cref="OperationPhase"/>, or null before it ran.</summary>
    public string? OperationState { get; set; }

    public string Message { get; set; } = "";

    /// <summary>The kind is not served yet and its CRD is part of this sync: nothing to validate against.</summary>
    public bool SkipDryRun { get; set; }

    public Unstructured Object => Target ?? Live!;

    public ResourceKey Key => ResourceKey.Of(Object);

    public int Wave => WaveOverride ?? Annotations.Wave(Object.Json);

    public bool IsPrune => Target is null;

    public bool IsHook => Hooks.IsHook(Object.Json);

    public bool IsPending => OperationState is null;

    public bool IsRunning => OperationState == OperationPhase.Running;

    public bool IsCompleted => OperationPhase.IsCompleted(OperationState);

    public bool IsSuccessful => OperationState == OperationPhase.Succeeded;

    public bool DeletesBeforeCreation => Live is not null && IsPending && HasPolicy(Hooks.BeforeHookCreation);

    public bool DeletesOnSuccess => Live is not null && HasPolicy(Hooks.HookSucceeded);

    public bool DeletesOnFailure => Live is not null && HasPolicy(Hooks.HookFailed);

    private bool HasPolicy(string policy) => IsHook && Hooks.DeletePolicies(Object.Json).Contains(policy);
}

/// <summary>Result codes of a task.</summary>
internal static class ResultCode
{
    public const string Synced = "Synced";
    public const string SyncFailed = "SyncFailed";
    public const string Pruned = "Pruned";
    public const string PruneSkipped = "PruneSkipped";
}
