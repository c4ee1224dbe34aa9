using System.Globalization;
using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Sync;

/// <summary>Options that a manifest carries in its annotations: comma-separated values (<c>sync/resource/annotations.go</c>).</summary>
internal static class Annotations
{
    public const string SyncOptions = "argocd.argoproj.io/sync-options";
    public const string CompareOptions = "argocd.argoproj.io/compare-options";
    public const string SyncWave = "argocd.argoproj.io/sync-wave";
    public const string IgnoreHealthCheck = "argocd.argoproj.io/ignore-healthcheck";
    public const string DeletionApproved = "argocd.argoproj.io/deletion-approved";

    public static IReadOnlyList<string> Values(JsonObject @object, string annotation)
        => [.. (@object.Annotation(annotation) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    public static bool HasOption(JsonObject? @object, string annotation, string option)
        => @object is not null && Values(@object, annotation).Contains(option);

    /// <summary>The wave of a resource: the annotation's number, 0 without one (<c>syncwaves/waves.go</c>).</summary>
    public static int Wave(JsonObject @object)
        => int.TryParse(@object.Annotation(SyncWave), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wave) ? wave : 0;
}
