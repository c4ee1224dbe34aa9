using Google.Protobuf;

namespace Kubernetes.Api.OpenApi.V2;

/// <summary>One protobuf message on its way to bytes: fields by number, other messages as what they are made of.</summary>
internal sealed class SwaggerMessage
{
    private readonly MemoryStream bytes = new();
    private readonly CodedOutputStream output;

    public SwaggerMessage() => output = new CodedOutputStream(bytes, leaveOpen: true);

    /// <summary>Empty text is what a reader assumes of an absent field.</summary>
    public SwaggerMessage Text(int field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
        }
        return this;
    }

    public SwaggerMessage Flag(int field, bool value)
    {
        if (value)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteBool(value);
        }
        return this;
    }

    /// <summary>Also false: within a oneof it is what was chosen.</summary>
    public SwaggerMessage Choice(int field, bool value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteBool(value);
        return this;
    }

    public SwaggerMessage Number(int field, double? value)
    {
        if (value is { } number && number != 0)
        {
            output.WriteTag(field, WireFormat.WireType.Fixed64);
            output.WriteDouble(number);
        }
        return this;
    }

    public SwaggerMessage Count(int field, long? value)
    {
        if (value is { } number && number != 0)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(number);
        }
        return this;
    }

    public SwaggerMessage Message(int field, SwaggerMessage value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value.ToBytes()));
        return this;
    }

    public byte[] ToBytes()
    {
        output.Flush();
        return bytes.ToArray();
    }
}
