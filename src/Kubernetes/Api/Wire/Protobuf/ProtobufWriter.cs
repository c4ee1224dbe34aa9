using System.Buffers.Binary;
using System.Text;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>Writes the fields of protobuf messages. Messages within messages are begun and ended: their lengths are filled in at the end.</summary>
internal sealed class ProtobufWriter
{
    private const int LongestVarint = 10;

    private byte[] buffer = new byte[1024];
    private int length;

    public void Varint(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    public void Double(int field, double value)
    {
        Tag(field, WireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);
    }

    public void Text(int field, string value)
    {
        Tag(field, WireType.Length);
        var count = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Length);
        Varint((ulong)value.Length);
        Raw(value);
    }

    /// <summary>What belongs to no field.</summary>
    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Begins a message as a field; where it begins is what <see cref="End"/> wants to know.</summary>
    public int Begin(int field)
    {
        Tag(field, WireType.Length);
        Take(1); // as long as most lengths are
        return length;
    }

    public void End(int start)
    {
        var size = length - start;
        var room = SizeOf((ulong)size) - 1;
        if (room > 0)
        {
            Take(room);
            buffer.AsSpan(start, size).CopyTo(buffer.AsSpan(start + room));
        }
        Write(buffer.AsSpan(start - 1), (ulong)size);
    }

    public byte[] ToArray() => buffer.AsSpan(0, length).ToArray();

    private void Tag(int field, WireType wire) => Varint((ulong)field << 3 | (ulong)wire);

    private void Varint(ulong value)
    {
        Room(LongestVarint);
        length += Write(buffer.AsSpan(length), value);
    }

    private static int Write(Span<byte> target, ulong value)
    {
        var count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[count++] = (byte)(value | 0x80);
        }
        target[count] = (byte)value;
        return count + 1;
    }

    private static int SizeOf(ulong value)
    {
        var size = 1;
        for (; value >= 0x80; value >>= 7)
        {
            size++;
        }
        return size;
    }

    private Span<byte> Take(int count)
    {
        Room(count);
        length += count;
        return buffer.AsSpan(length - count, count);
    }

    private void Room(int count)
    {
        if (buffer.Length - length < count)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        }
    }
}
