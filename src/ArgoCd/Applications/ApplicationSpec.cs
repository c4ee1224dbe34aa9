using System.Text.Json;
using System.Text.Json.Serialization;

namespace ArgoCd.Applications;

/// <summary><c>spec</c> of an Application (<c>types.go</c> ApplicationSpec).</summary>
internal sealed record ApplicationSpec
{
    public ApplicationSource? Source { get; init; }

    public IReadOnlyList<ApplicationSource>? Sources { get; init; }

    public ApplicationDestination Destination { get; init; } = new();

    public string? Project { get; init; }

    public SyncPolicy? SyncPolicy { get; init; }

    public IReadOnlyList<IgnoreDifference>? IgnoreDifferences { get; init; }

    public int? RevisionHistoryLimit { get; init; }

    [JsonIgnore]
    public bool HasMultipleSources => Sources is { Count: > 0 };

    /// <summary>All sources: <c>sources</c> when given, else the single <c>source</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<ApplicationSource> AllSources => Sources is { Count: > 0 } many ? many : [Source ?? new ApplicationSource()];

    [JsonIgnore]
    public string ProjectName => string.IsNullOrEmpty(Project) ? "default" : Project;
}

/// <summary>Where the manifests come from. Fields of generators that are not supported here are kept as they came.</summary>
internal sealed record ApplicationSource
{
    [JsonPropertyName("repoURL")]
    public string RepoURL { get; init; } = "";

    public string? Path { get; init; }

    public string? TargetRevision { get; init; }

    public string? Chart { get; init; }

    public string? Ref { get; init; }

    public string? Name { get; init; }

    public SourceDirectory? Directory { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Generators { get; init; }
}

/// <summary>Options of a plain directory source.</summary>
internal sealed record SourceDirectory
{
    public bool Recurse { get; init; }

    public string? Include { get; init; }

    public string? Exclude { get; init; }
}

/// <summary>The cluster, by address or by name, and the namespace of objects that name none.</summary>
internal sealed record ApplicationDestination
{
    public string? Server { get; init; }

    public string? Name { get; init; }

    public string? Namespace { get; init; }
}

/// <summary>Fields whose differences do not count, for the resources that match.</summary>
internal sealed record IgnoreDifference
{
    public string? Group { get; init; }

    public string Kind { get; init; } = "";

    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyList<string>? JsonPointers { get; init; }

    public IReadOnlyList<string>? JqPathExpressions { get; init; }

    public IReadOnlyList<string>? ManagedFieldsManagers { get; init; }
}
