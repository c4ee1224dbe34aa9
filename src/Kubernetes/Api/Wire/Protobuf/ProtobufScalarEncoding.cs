using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>Types that are something else in JSON and messages on the wire: <see cref="ProtobufScalars"/> the other way.</summary>
internal static class ProtobufScalarEncoding
{
    /// <summary>Writes the fields of a value, which may be undefined.</summary>
    public static bool TryEncode(string type, JsonElement value, ProtobufWriter writer)
    {
        var unset = value.ValueKind == JsonValueKind.Undefined;
        switch (type)
        {
            case "Time" or "MicroTime":
                if (!unset)
                {
                    Time(value.GetString()!, writer);
                }
                return true;
            case "IntOrString":
                IntOrString(value, writer);
                return true;
            case "Quantity":
                writer.Text(1, unset ? "0" : value.ToString());
                return true;
            case "RawExtension" or "FieldsV1" or "JSON":
                if (!unset)
                {
                    writer.Bytes(1, JsonMarshal.GetRawUtf8Value(value));
                }
                return true;
            case "ExtraValue" or "Verbs":
                foreach (var item in unset ? default : value.EnumerateArray())
                {
                    writer.Text(1, item.GetString()!);
                }
                return true;
            default:
                return false;
        }
    }

    /// <summary>apimachinery meta/v1/time_proto.go: seconds, and what is left of them.</summary>
    private static void Time(string text, ProtobufWriter writer)
    {
        var ticks = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        }
        writer.Varint(1, seconds);
        writer.Varint(2, rest * TimeSpan.NanosecondsPerTick);
    }

    private static void IntOrString(JsonElement value, ProtobufWriter writer)
    {
        var isText = value.ValueKind == JsonValueKind.String;
        writer.Varint(1, isText ? 1 : 0);
        writer.Varint(2, value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0);
        writer.Text(3, isText ? value.GetString()! : "");
    }
}
