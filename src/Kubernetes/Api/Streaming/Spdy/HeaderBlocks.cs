using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Kubernetes.Api.Streaming.Spdy;

/// <summary>
/// The header blocks that one peer sends: name and value pairs in one zlib stream that goes on from frame to frame (SPDY 3.1, section 2.6.10).
/// </summary>
internal sealed class HeaderBlocks : IDisposable
{
    private const int BlockBytesMax = 64 * 1024;
    private const int ZlibHeaderBytes = 2;
    private const int DictionaryIdBytes = 4;
    private const byte PresetDictionary = 0x20;

    private static readonly byte[] ZlibHeader = [0x78, 0x01]; // deflate, window of 32 KiB, no dictionary

    private readonly Feed feed = new();
    private readonly DeflateStream inflater;
    private bool begun;

    public HeaderBlocks()
    {
        inflater = new DeflateStream(feed, CompressionMode.Decompress);

        // .NET's inflater takes no dictionary: the same bytes as a first, uncompressed block fill its window alike
        feed.Add(StoredBlock(SpdyDictionary.Bytes));
        inflater.ReadExactly(new byte[SpdyDictionary.Bytes.Length]);
    }

    /// <exception cref="SpdyException">It is no such block.</exception>
    public IReadOnlyDictionary<string, string> Read(ReadOnlySpan<byte> block)
    {
        if (!begun)
        {
            if (block.Length < ZlibHeaderBytes)
            {
                throw new SpdyException("header block without a zlib header");
            }
            block = block[(ZlibHeaderBytes + ((block[1] & PresetDictionary) != 0 ? DictionaryIdBytes : 0))..];
            begun = true;
        }
        feed.Add(block.ToArray());
        var text = new byte[BlockBytesMax];
        var length = 0;
        try
        {
            while (inflater.Read(text, length, text.Length - length) is > 0 and var count)
            {
                length += count;
            }
        }
        catch (InvalidDataException e)
        {
            throw new SpdyException($"header block: {e.Message}");
        }
        return length < text.Length ? Pairs(text.AsSpan(0, length)) : throw new SpdyException($"header block over {BlockBytesMax} bytes");
    }

    /// <summary>
    /// A block without headers, as the first or a later one of its stream. Nothing is compressed, which zlib allows; the empty block at the end is
    /// a flush, without which Go's reader waits for more.
    /// </summary>
    public static byte[] Empty(bool first) => [.. first ? ZlibHeader : [], .. StoredBlock(new byte[4]), .. StoredBlock([])];

    public void Dispose() => inflater.Dispose();

    private static Dictionary<string, string> Pairs(ReadOnlySpan<byte> block)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var count = Number(ref block);
        if (count < 0)
        {
            throw new SpdyException($"header block with {count} headers");
        }
        for (var i = 0; i < count; i++)
        {
            pairs[Text(ref block)] = Text(ref block);
        }
        return pairs;
    }

    private static int Number(ref ReadOnlySpan<byte> block)
    {
        if (block.Length < 4)
        {
            throw new SpdyException("header block ends too early");
        }
        var number = BinaryPrimitives.ReadInt32BigEndian(block);
        block = block[4..];
        return number;
    }

    private static string Text(ref ReadOnlySpan<byte> block)
    {
        var length = Number(ref block);
        if (length < 0 || length > block.Length)
        {
            throw new SpdyException("header block ends too early");
        }
        var text = Encoding.UTF8.GetString(block[..length]);
        block = block[length..];
        return text;
    }

    // RFC 1951, 3.2.4: not final, type 0, length and its complement
    private static byte[] StoredBlock(byte[] content)
    {
        var block = new byte[5 + content.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(1), (ushort)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(3), (ushort)~content.Length);
        content.CopyTo(block, 5);
        return block;
    }

    /// <summary>What was added and not yet read. Its end is not the end: more may be added.</summary>
    private sealed class Feed : MemoryStream
    {
        public void Add(byte[] bytes)
        {
            SetLength(0);
            Write(bytes);
            Position = 0;
        }
    }
}
