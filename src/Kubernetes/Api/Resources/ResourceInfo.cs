using System.Text.Json.Nodes;
using Kubernetes.Api.CustomResources;
using Kubernetes.Api.Schemas;
using Kubernetes.Store;

namespace Kubernetes.Api.Resources;

/// <summary>Where a kind keeps what its scale subresource shows: paths from the root, without the leading dot.</summary>
internal sealed record ScalePaths(string[] SpecReplicas, string[] StatusReplicas, string[]? LabelSelector);

/// <summary>One resource of one group and version: how it is addressed, what it offers, how it behaves.</summary>
internal sealed record ResourceInfo(string Group, string Version, string Plural, string Kind, bool Namespaced)
{
    public static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public string ListKind { get; init; } = Kind + "List";

    public string[] ShortNames { get; init; } = [];

    public string[] Categories { get; init; } = [];

    public string[] Verbs { get; init; } = AllVerbs;

    public string[] Subresources { get; init; } = [];

    public ScalePaths? Scale { get; init; }

    public ResourceStrategy Strategy { get; init; } = new();

    /// <summary>Set for custom resources.</summary>
    public CustomResourceInfo? Custom { get; init; }

    /// <summary>The type's fields; loaded when first needed.</summary>
    public Lazy<Schema?> Schema { get; init; } = new((Schema?)null);

    /// <summary>The version under which objects are kept.</summary>
    public string StorageVersion { get; init; } = Version;

    /// <summary>The store's name of the resource: other resources may be views of it (events.k8s.io is one of core events).</summary>
    public string StorageResource { get; init; } = Group.Length == 0 ? Plural : $"{Group}/{Plural}";

    /// <summary>From the stored form to this version's, and back. Null: the stored bytes are served as they are.</summary>
    public Func<JsonObject, JsonObject>? FromStorage { get; init; }

    public Func<JsonObject, JsonObject>? ToStorage { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string GroupResource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public bool HasStatus => Subresources.Contains("status");

    public ObjectKey Key(string @namespace, string name) => new(StorageResource, Namespaced ? @namespace : "", name);
}
