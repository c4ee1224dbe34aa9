using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;

namespace Kubernetes.Api.Resources;

internal enum Propagation
{
    Background,
    Foreground,
    Orphan,
}

/// <summary>
/// What is particular to a kind, as upstream's registry strategies: defaults, validation, selectable fields, deletion.
/// Functions change the object they are given and look at nothing else.
/// </summary>
internal sealed record ResourceStrategy
{
    /// <summary>Fills in what the client left out; must be idempotent.</summary>
    public Action<JsonObject>? Default { get; init; }

    /// <summary>After defaulting, on create only (initial status, spec finalizers).</summary>
    public Action<JsonObject>? PrepareForCreate { get; init; }

    /// <summary>(new, old): restores what clients may not change through the main endpoint.</summary>
    public Action<JsonObject, JsonObject>? PrepareForUpdate { get; init; }

    public Action<JsonObject, FieldErrors>? Validate { get; init; }

    /// <summary>(new, old, errors)</summary>
    public Action<JsonObject, JsonObject, FieldErrors>? ValidateUpdate { get; init; }

    /// <summary>Selectable fields beyond metadata.name and metadata.namespace.</summary>
    public Func<JsonObject, IEnumerable<(string Field, string Value)>>? Fields { get; init; }

    /// <summary>The names that <see cref="Fields"/> gives.</summary>
    public string[] FieldNames { get; init; } = [];

    /// <summary>(object, seconds asked for) -> seconds until it may go; 0 = at once. Null: the kind knows no graceful deletion.</summary>
    public Func<JsonObject, long?, long>? GracePeriodSeconds { get; init; }

    public Propagation DefaultPropagation { get; init; } = Propagation.Background;

    /// <summary>DELETE answers with the object instead of a Status (part of the published API of these kinds).</summary>
    public bool ReturnsDeletedObject { get; init; }

    public bool AllowCreateOnUpdate { get; init; }

    public bool AllowUnconditionalUpdate { get; init; } = true;

    /// <summary>Generation counts changes of spec.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Generation counts annotation changes as well (Deployment).</summary>
    public bool GenerationCountsAnnotations { get; init; }

    /// <summary>Which rule object names follow.</summary>
    public NameRule Names { get; init; } = NameRule.DnsSubdomain;
}

internal enum NameRule
{
    DnsSubdomain,
    DnsLabel,
    Dns1035Label,

    /// <summary>Anything that can stand in a path segment (RBAC).</summary>
    PathSegment,
}
