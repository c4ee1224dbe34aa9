namespace Kubernetes.Store;

/// <summary>One committed version of one object. Immutable.</summary>
public sealed class StoredObject
{
    private readonly int versionOffset;

    internal StoredObject(ObjectKey key, Document document, long revision)
        : this(key, document.At(revision), document.VersionOffset, revision)
    {
    }

    private StoredObject(ObjectKey key, byte[] value, int versionOffset, long revision)
    {
        this.versionOffset = versionOffset;
        Key = key;
        Revision = revision;
        Value = value;
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

    private ReadOnlySpan<byte> BeforeVersion => Value.AsSpan(0, versionOffset);

    private ReadOnlySpan<byte> AfterVersion => Value.AsSpan(versionOffset + Document.DigitsOf(Revision));

    internal bool HasSameContent(Document other) => other.VersionOffset == versionOffset
        && other.Bytes.AsSpan(0, versionOffset).SequenceEqual(BeforeVersion)
        && other.Bytes.AsSpan(versionOffset).SequenceEqual(AfterVersion);

    /// <summary>This content with another resourceVersion.</summary>
    public byte[] ValueAt(long revision) => Document.Join(BeforeVersion, revision, AfterVersion);

    /// <summary>The same content as seen by a deletion at <paramref name="revision"/>.</summary>
    internal StoredObject DeletedAt(long revision) => new(Key, ValueAt(revision), versionOffset, revision);
}
