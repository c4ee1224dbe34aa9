using System.Buffers.Text;

namespace Kubernetes.Store;

/// <summary>
/// One object as UTF-8 JSON whose resourceVersion is still an empty string: the store fills in the digits at
/// <paramref name="VersionOffset"/> when it commits, so that bytes are made once and outside the lock.
/// </summary>
public readonly record struct Document(byte[] Bytes, int VersionOffset)
{
    private const int LongestRevision = 20;

    internal byte[] At(long revision)
    {
        Span<byte> digits = stackalloc byte[LongestRevision];
        Utf8Formatter.TryFormat(revision, digits, out var count);
        var value = new byte[Bytes.Length + count];
        Bytes.AsSpan(0, VersionOffset).CopyTo(value);
        digits[..count].CopyTo(value.AsSpan(VersionOffset));
        Bytes.AsSpan(VersionOffset).CopyTo(value.AsSpan(VersionOffset + count));
        return value;
    }
}
