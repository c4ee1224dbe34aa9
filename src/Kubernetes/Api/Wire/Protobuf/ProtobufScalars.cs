using System.Globalization;
using System.Text.Json.Nodes;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>Types that are messages on the wire and something else in JSON.</summary>
internal static class ProtobufScalars
{
    private const long ZeroTimeSeconds = -62135596800; // Go's zero time, which JSON shows as null

    public static bool TryDecode(string type, ReadOnlySpan<byte> message, out JsonNode? value)
    {
        value = null;
        switch (type)
        {
            case "Time":
                value = Time(message, "yyyy-MM-dd'T'HH:mm:ss'Z'");
                return true;
            case "MicroTime":
                value = Time(message, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
                return true;
            case "Duration":
                value = Duration(Numbers(message).GetValueOrDefault(1));
                return true;
            case "IntOrString":
                value = IntOrString(message);
                return true;
            case "Quantity":
                value = FirstText(message);
                return true;
            case "RawExtension" or "FieldsV1" or "JSON":
                value = Raw(message);
                return true;
            case "ExtraValue" or "Verbs":
                value = Texts(message);
                return true;
            default:
                return false;
        }
    }

    private static JsonValue? Time(ReadOnlySpan<byte> message, string format)
    {
        var numbers = Numbers(message);
        if (message.IsEmpty || !numbers.TryGetValue(1, out var seconds) || seconds == ZeroTimeSeconds)
        {
            return null;
        }
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(numbers.GetValueOrDefault(2) / 100);
        return JsonValue.Create(time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));
    }

    /// <summary>As Go prints durations, in the largest units that fit.</summary>
    private static JsonValue Duration(long nanoseconds)
    {
        var seconds = nanoseconds / 1_000_000_000m;
        var whole = (long)Math.Truncate(seconds);
        var (hours, minutes) = (whole / 3600, whole % 3600 / 60);
        var left = (seconds - hours * 3600 - minutes * 60).ToString("0.#########", CultureInfo.InvariantCulture);
        return JsonValue.Create(hours != 0 ? $"{hours}h{minutes}m{left}s" : minutes != 0 ? $"{minutes}m{left}s" : $"{left}s");
    }

    private static JsonValue IntOrString(ReadOnlySpan<byte> message)
    {
        long type = 0;
        long number = 0;
        var text = "";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    type = (long)reader.Varint();
                    break;
                case 2:
                    number = (int)reader.Varint();
                    break;
                case 3:
                    text = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return type == 0 ? JsonValue.Create(number) : JsonValue.Create(text);
    }

    private static JsonNode? Raw(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                var raw = reader.Bytes();
                return raw.IsEmpty ? null : JsonBody.Parse(raw).Root;
            }
            reader.Skip();
        }
        return null;
    }

    private static JsonValue FirstText(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        return JsonValue.Create(reader.Next() && reader.Field == 1 ? reader.Text() : "0");
    }

    private static JsonArray Texts(ReadOnlySpan<byte> message)
    {
        var list = new JsonArray();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            list.Add((JsonNode)reader.Text());
        }
        return list;
    }

    private static Dictionary<int, long> Numbers(ReadOnlySpan<byte> message)
    {
        var numbers = new Dictionary<int, long>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Wire == WireType.Varint)
            {
                numbers[reader.Field] = (long)reader.Varint();
            }
            else
            {
                reader.Skip();
            }
        }
        return numbers;
    }
}
