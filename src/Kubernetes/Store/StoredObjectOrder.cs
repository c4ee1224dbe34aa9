namespace Kubernetes.Store;

/// <summary>Key order within a resource: namespace, then name, by code unit, so that a namespace is one contiguous range.</summary>
internal sealed class StoredObjectOrder : IComparer<StoredObject>
{
    public static readonly StoredObjectOrder Instance = new();

    public int Compare(StoredObject? x, StoredObject? y)
    {
        var byNamespace = string.CompareOrdinal(x!.Key.Namespace, y!.Key.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(x.Key.Name, y.Key.Name);
    }
}
