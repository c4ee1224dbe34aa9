using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Sync;

/// <summary>Which manifests are hooks, for which phases, and when they are deleted (<c>sync/hook</c>).</summary>
internal static class Hooks
{
    public const string Annotation = "argocd.argoproj.io/hook";
    public const string DeletePolicyAnnotation = "argocd.argoproj.io/hook-delete-policy";
    public const string HookFinalizer = "argocd.argoproj.io/hook-finalizer";

    public const string HookSucceeded = "HookSucceeded";
    public const string HookFailed = "HookFailed";
    public const string BeforeHookCreation = "BeforeHookCreation";

    private static readonly string[] KnownTypes = [SyncPhase.PreSync, SyncPhase.Sync, SyncPhase.PostSync, SyncPhase.SyncFail, "Skip"];
    private static readonly string[] KnownPolicies = [HookSucceeded, HookFailed, BeforeHookCreation];

    public static bool IsHook(JsonObject? @object) => @object?.Annotation(Annotation) is not null && !IsSkipped(@object);

    /// <summary>Whether the manifest says that it is not to be synced at all.</summary>
    public static bool IsSkipped(JsonObject? @object) => @object is not null && Types(@object) is ["Skip"];

    public static IReadOnlyList<string> Types(JsonObject @object) => [.. Annotations.Values(@object, Annotation).Where(KnownTypes.Contains)];

    public static IReadOnlyList<string> DeletePolicies(JsonObject @object)
        => Annotations.Values(@object, DeletePolicyAnnotation).Where(KnownPolicies.Contains).ToList() is { Count: > 0 } policies ? policies : [BeforeHookCreation];

    public static bool HasHookFinalizer(JsonObject @object) => @object.Texts("metadata", "finalizers").Contains(HookFinalizer);

    /// <summary>Whether the hook runs only when the application is deleted: no part of a sync.</summary>
    public static bool IsDeleteHook(JsonObject @object)
    {
        var types = Annotations.Values(@object, Annotation);
        return types.Any(type => type is "PreDelete" or "PostDelete") && Types(@object).Count == 0;
    }
}

/// <summary>Phases of a sync, in their order.</summary>
internal static class SyncPhase
{
    public const string PreSync = "PreSync";
    public const string Sync = "Sync";
    public const string PostSync = "PostSync";
    public const string SyncFail = "SyncFail";

    private static readonly string[] Order = [PreSync, Sync, PostSync, SyncFail];

    public static int Rank(string phase) => Array.IndexOf(Order, phase);

    /// <summary>The phases in which an object takes part: a hook's own, Sync for anything else.</summary>
    public static IReadOnlyList<string> Of(JsonObject @object)
    {
        if (Hooks.IsSkipped(@object))
        {
            return [];
        }

        return Hooks.IsHook(@object) ? [.. Hooks.Types(@object).Where(type => type != "Skip")] : [Sync];
    }
}
