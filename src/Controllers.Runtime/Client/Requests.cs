using System.Text.Json.Nodes;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>Which objects a list or watch is about, and from which version on.</summary>
public sealed record ListOptions
{
    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    public string? ResourceVersion { get; init; }
}

/// <summary>Objects and the store's version at which they were read.</summary>
public sealed record ResourceList<T>(string ResourceVersion, IReadOnlyList<T> Items);

/// <summary>What happened to a watched object.</summary>
public enum WatchEventKind
{
    Added,
    Modified,
    Deleted,
    Bookmark,
}

/// <summary>One event of a watch. For <see cref="WatchEventKind.Deleted"/> the object is its last state.</summary>
public sealed record WatchEvent<T>(WatchEventKind Kind, T Object);

/// <summary>A patch and its media type.</summary>
public sealed record Patch(string ContentType, JsonNode Body, string? FieldManager = null, bool Force = false)
{
    /// <summary>RFC 7386.</summary>
    public static Patch Merge(JsonObject body) => new("application/merge-patch+json", body);

    /// <summary>RFC 6902.</summary>
    public static Patch Json(JsonArray operations) => new("application/json-patch+json", operations);

    /// <summary>Kubernetes' strategic merge patch, for built-in kinds only.</summary>
    public static Patch Strategic(JsonObject body) => new("application/strategic-merge-patch+json", body);

    /// <summary>Server-side apply.</summary>
    public static Patch Apply(JsonObject body, string fieldManager, bool force = false) => new("application/apply-patch+yaml", body, fieldManager, force);
}

/// <summary>How dependents fare when their owner is deleted (<c>metav1.DeletionPropagation</c>).</summary>
public static class DeletePropagation
{
    public static V1DeleteOptions Background { get; } = new() { PropagationPolicy = "Background" };

    public static V1DeleteOptions Foreground { get; } = new() { PropagationPolicy = "Foreground" };

    public static V1DeleteOptions Orphan { get; } = new() { PropagationPolicy = "Orphan" };
}
