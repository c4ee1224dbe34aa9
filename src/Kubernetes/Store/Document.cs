using System.Buffers.Text;

namespace Kubernetes.Store;

/// <summary>
/// One object as UTF-8 JSON whose resourceVersion is still an empty string: the store fills in the digits at
/// <paramref name="VersionOffset"/> when it commits, so that bytes are made once and outside the lock.
/// </summary>
public readonly record struct Document(byte[] Bytes, int VersionOffset)
{
    private const int LongestRevision = 20;

    internal byte[] At(long revision) => Join(Bytes.AsSpan(0, VersionOffset), revision, Bytes.AsSpan(VersionOffset));

    internal static byte[] Join(ReadOnlySpan<byte> before, long revision, ReadOnlySpan<byte> after)
    {
        Span<byte> digits = stackalloc byte[LongestRevision];
        Utf8Formatter.TryFormat(revision, digits, out var count);
        return [.. before, .. digits[..count], .. after];
    }

    internal static int DigitsOf(long revision)
    {
        Span<byte> digits = stackalloc byte[LongestRevision];
        Utf8Formatter.TryFormat(revision, digits, out var count);
        return count;
    }
}
