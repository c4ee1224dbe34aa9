using System.Buffers.Binary;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>
/// One event of a watch: meta/v1 WatchEvent {type, object {raw}} without an envelope of its own, the object within it with one, behind its
/// length in four bytes (apimachinery pkg/util/framer).
/// </summary>
internal static class ProtobufWatchEvent
{
    public static byte[] Frame(string type, ReadOnlyMemory<byte> json)
    {
        var writer = new ProtobufWriter();
        writer.Raw(stackalloc byte[sizeof(uint)]);
        writer.Text(1, type);
        var content = writer.Begin(2);
        writer.Bytes(1, ProtobufBody.Write(json));
        writer.End(content);
        var frame = writer.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - sizeof(uint));
        return frame;
    }
}
