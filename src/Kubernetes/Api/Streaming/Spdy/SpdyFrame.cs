using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Kubernetes.Api.Streaming.Spdy;

/// <summary>The eight bytes before a frame's payload (SPDY 3.1, section 2.2).</summary>
/// <param name="Type">Of a control frame; null: data.</param>
/// <param name="StreamId">Of a data frame.</param>
/// <param name="Flags">1: the sender's side of the stream ends.</param>
/// <param name="Length">Of the payload, in bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpdyFrame(SpdyFrameType? Type, int StreamId, byte Flags, int Length)
{
    public const int HeaderBytes = 8;
    public const byte Fin = 1;

    private const int Version = 3;

    public bool Ends => (Flags & Fin) != 0;

    public static SpdyFrame Read(ReadOnlySpan<byte> header)
    {
        var first = BinaryPrimitives.ReadUInt32BigEndian(header);
        var second = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var (flags, length) = ((byte)(second >> 24), (int)(second & 0xffffff));
        if ((first & 0x80000000) == 0)
        {
            return new SpdyFrame(null, (int)first, flags, length);
        }
        return (first >> 16 & 0x7fff) == Version
            ? new SpdyFrame((SpdyFrameType)(first & 0xffff), 0, flags, length)
            : throw new SpdyException($"SPDY version {first >> 16 & 0x7fff} is not spoken");
    }

    public static byte[] Data(int streamId, byte flags, ReadOnlySpan<byte> payload) => Write((uint)streamId, flags, payload);

    public static byte[] Control(SpdyFrameType type, ReadOnlySpan<byte> payload) => Write(0x80000000 | Version << 16 | (uint)type, 0, payload);

    private static byte[] Write(uint first, byte flags, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderBytes + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, first);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)flags << 24 | (uint)payload.Length);
        payload.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }
}
