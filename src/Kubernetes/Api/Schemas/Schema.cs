using System.Text.Json.Nodes;

namespace Kubernetes.Api.Schemas;

internal enum SchemaType
{
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    IntOrString,
}

internal enum ListType
{
    Atomic,
    Set,
    Map,
}

/// <summary>
/// The shape of a value, from a built-in type or from a custom resource definition: what is pruned, defaulted and checked,
/// how lists merge.
/// </summary>
internal sealed class Schema
{
    /// <summary>Of a built-in type ("core/v1.PodSpec"); shared schemas are referenced by it in OpenAPI.</summary>
    public string? Name { get; init; }

    public SchemaType Type { get; init; }

    public string? Format { get; init; }

    /// <summary>Of a time: how many digits of a second it has (meta/v1 Time: 0, MicroTime: 6).</summary>
    public int? SecondDigits { get; init; }

    /// <summary>Members of an object, known by name.</summary>
    public Dictionary<string, SchemaField> Fields { get; init; } = [];

    /// <summary>Shape of members that are not known by name (maps).</summary>
    public Lazy<Schema>? Additional { get; init; }

    public Lazy<Schema>? Items { get; init; }

    /// <summary>Unknown members are kept.</summary>
    public bool PreserveUnknown { get; init; }

    /// <summary>The value is a whole object with apiVersion, kind and metadata.</summary>
    public bool EmbeddedResource { get; init; }

    public bool Nullable { get; init; }

    /// <summary>The object is replaced and owned as a whole.</summary>
    public bool Atomic { get; init; }

    public ListType ListType { get; init; }

    public string[] MapKeys { get; init; } = [];

    /// <summary>Further constraints of a custom resource's schema, as written there.</summary>
    public JsonObject? Constraints { get; init; }

    public JsonNode? Default { get; init; }
}

/// <summary>One member of an object, with the way strategic merge patches treat it.</summary>
internal sealed record SchemaField(string Name, Lazy<Schema> Lazy)
{
    public Schema Schema => Lazy.Value;

    public bool Required { get; init; }

    public bool OmitEmpty { get; init; }

    /// <summary>May be unset even if its value is a struct: whoever sets it makes the node as well as what is in it.</summary>
    public bool Optional { get; init; }

    /// <summary>Lists are merged by <see cref="MergeKey"/> (or as sets of scalars) instead of being replaced.</summary>
    public bool Merge { get; init; }

    public bool RetainKeys { get; init; }

    public string? MergeKey { get; init; }
}
