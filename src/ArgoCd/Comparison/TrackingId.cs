using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Comparison;

/// <summary>
/// Which application a resource belongs to: <c>app:group/kind:namespace/name</c> in the annotation
/// <c>argocd.argoproj.io/tracking-id</c>, the default tracking method since 3.0 (<c>resource_tracking.go</c>).
/// </summary>
internal sealed record TrackingId(string Application, string Group, string Kind, string Namespace, string Name)
{
    public const string Annotation = "argocd.argoproj.io/tracking-id";

    /// <summary>The id of an object as it stands in Git.</summary>
    /// <param name="object">The desired object.</param>
    /// <param name="application">Name of the application.</param>
    /// <param name="defaultNamespace">Namespace of objects that name none, cluster-scoped ones included.</param>
    public static TrackingId For(Unstructured @object, string application, string defaultNamespace)
    {
        var @namespace = @object.Metadata.NamespaceProperty;
        return new TrackingId(
            application,
            @object.Group,
            @object.Kind,
            string.IsNullOrEmpty(@namespace) ? defaultNamespace : @namespace,
            @object.Metadata.Name ?? "");
    }

    /// <summary>The id that an object carries, or null when it has none or a malformed one.</summary>
    public static TrackingId? Of(Unstructured @object)
        => @object.Json.Annotation(Annotation) is { } text ? Parse(text) : null;

    public static TrackingId? Parse(string text)
    {
        var parts = text.Split(':', 3);
        if (parts.Length != 3 || parts[1].Split('/') is not [var group, var kind] || parts[2].Split('/') is not [var @namespace, var name])
        {
            return null;
        }

        return new TrackingId(parts[0], group, kind, @namespace, name);
    }

    /// <summary>Writes the id into the object.</summary>
    public void WriteTo(Unstructured @object)
    {
        var metadata = @object.Json.Ensure("metadata", "annotations");
        metadata[Annotation] = ToString();
    }

    public override string ToString() => $"{Application}:{Group}/{Kind}:{Namespace}/{Name}";

    /// <summary>
    /// Whether the id names the resource that carries it. One copied from elsewhere (a controller that copies annotations to its children)
    /// does not, and such a resource is not managed.
    /// </summary>
    public bool IsSelfReferenced(ResourceKey key)
        => Group == key.Group && Kind == key.Kind && Name == key.Name && (key.Namespace.Length == 0 || Namespace == key.Namespace);
}
