using System.Buffers.Binary;
using System.Text;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>Reads the fields of one protobuf message.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool AtEnd => rest.IsEmpty;

    public int Field { get; private set; }

    public WireType Wire { get; private set; }

    /// <summary>Moves to the next field. False: the message has ended.</summary>
    /// <exception cref="FormatException">Not a protobuf message.</exception>
    public bool Next()
    {
        if (rest.IsEmpty)
        {
            return false;
        }
        var tag = Varint();
        Field = (int)(tag >> 3);
        Wire = (WireType)(tag & 7);
        return true;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var octet = Take(1)[0];
            value |= (ulong)(octet & 0x7F) << shift;
            if ((octet & 0x80) == 0)
            {
                return value;
            }
        }
        throw new FormatException("proto: integer overflow");
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        return length <= (ulong)rest.Length ? Take((int)length) : throw new FormatException("unexpected EOF");
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public void Skip()
    {
        switch (Wire)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Length:
                Bytes();
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            default:
                throw new FormatException($"proto: illegal wireType {(int)Wire}");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw new FormatException("unexpected EOF");
        }
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}

internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
