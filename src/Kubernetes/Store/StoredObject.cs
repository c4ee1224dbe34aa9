namespace Kubernetes.Store;

/// <summary>One committed version of one object. Immutable.</summary>
public sealed class StoredObject
{
    private readonly Document document;

    internal StoredObject(ObjectKey key, Document document, long revision)
    {
        this.document = document;
        Key = key;
        Revision = revision;
        Value = document.At(revision);
    }

    /// <summary>A key to search with: no content.</summary>
    internal StoredObject(ObjectKey key)
    {
        Key = key;
        Value = [];
    }

    public ObjectKey Key { get; }

    /// <summary>The store's revision of the write that made this version.</summary>
    public long Revision { get; }

    /// <summary>UTF-8 JSON with metadata.resourceVersion equal to <see cref="Revision"/>. Not to be changed.</summary>
    public byte[] Value { get; }

    /// <summary>What readers derive from <see cref="Value"/> (labels, fields), kept so that it is derived once. The store ignores it.</summary>
    public object? Attributes { get; set; }

    internal bool HasSameContent(Document other) => document.Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <summary>This content with another resourceVersion.</summary>
    public byte[] ValueAt(long revision) => document.At(revision);

    /// <summary>The same content as seen by a deletion at <paramref name="revision"/>.</summary>
    internal StoredObject DeletedAt(long revision) => new(Key, document, revision);
}
