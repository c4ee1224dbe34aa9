using Google.Protobuf;

namespace Kubernetes.Tests.Api;

/// <summary>The length-delimited fields of any protobuf message by number, read with Google's reader.</summary>
internal static class ProtobufFields
{
    public static ILookup<int, ByteString> Of(byte[] message)
    {
        var input = new CodedInputStream(message);
        var fields = new List<(int Number, ByteString Value)>();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            }
            else
            {
                input.SkipLastField();
            }
        }
        return fields.ToLookup(field => field.Number, field => field.Value);
    }
}
