using Controllers.Runtime.Client;

namespace EmbeddedCluster.Installing;

/// <summary>An object that could not be applied: which, and why in the server's words.</summary>
public sealed class InstallException(Unstructured @object, string reason, Exception? inner = null)
    : Exception($"{@object.Kind} {Name(@object)} could not be applied: {reason}", inner)
{
    private static string Name(Unstructured @object)
        => string.IsNullOrEmpty(@object.Metadata.NamespaceProperty) ? @object.Metadata.Name : $"{@object.Metadata.NamespaceProperty}/{@object.Metadata.Name}";
}
