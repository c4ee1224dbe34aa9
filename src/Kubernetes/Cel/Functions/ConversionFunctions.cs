using System.Globalization;
using System.Text;
using Controllers.Runtime;
using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Conversions between types, and what says of which type a value is.</summary>
internal static class ConversionFunctions
{
    public static void AddTo(Dictionary<string, Func<object?[], object?>> functions)
    {
        functions["int"] = values => Int(values[0]);
        functions["uint"] = values => Uint(values[0]);
        functions["double"] = values => Double(values[0]);
        functions["string"] = values => Text(values[0]);
        functions["bytes"] = values => values[0] switch { byte[] bytes => bytes, string text => Encoding.UTF8.GetBytes(text), _ => throw CelException.NoOverload() };
        functions["bool"] = values => Bool(values[0]);
        functions["dyn"] = values => values[0];
        functions["type"] = values => CelType.Of(values[0]);
        functions["duration"] = values => values[0] switch { TimeSpan span => span, string text => Duration(text), _ => throw CelException.NoOverload() };
        functions["timestamp"] = values => values[0] switch
        {
            DateTimeOffset time => time,
            string text => Timestamp(text),
            long seconds => Instant(seconds),
            _ => throw CelException.NoOverload(),
        };
    }

    public static string Text(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        long or ulong => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        double number => Number(number),
        byte[] bytes => Utf8(bytes),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        TimeSpan span => $"{span.TotalSeconds.ToString("0.#########", CultureInfo.InvariantCulture)}s",
        Uri url => url.OriginalString,
        System.Net.IPAddress or AddressBlock => value.ToString()!,
        _ => throw CelException.NoOverload(),
    };

    public static string Number(double number) => double.IsPositiveInfinity(number) ? "+Inf" : double.IsNegativeInfinity(number) ? "-Inf"
        : number.ToString("R", CultureInfo.InvariantCulture);

    private static TimeSpan Duration(string text) => GoDuration.TryParse(text, out var duration, out var error) ? duration : throw new CelException(error);

    private static long Int(object? value) => value switch
    {
        long number => number,
        ulong number => number <= long.MaxValue ? (long)number : throw new CelException("integer overflow"),
        double number => number is > -9223372036854775808.0 and < 9223372036854775808.0 ? (long)number : throw new CelException("integer overflow"),
        string text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : throw new CelException($"strconv.ParseInt: parsing \"{text}\": invalid syntax"),
        DateTimeOffset time => time.ToUnixTimeSeconds(),
        TimeSpan span => span.Ticks * 100,
        _ => throw CelException.NoOverload(),
    };

    private static ulong Uint(object? value) => value switch
    {
        ulong number => number,
        long number => number >= 0 ? (ulong)number : throw new CelException("unsigned integer overflow"),
        double number => number is >= 0 and < 18446744073709551616.0 ? (ulong)number : throw new CelException("unsigned integer overflow"),
        string text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : throw new CelException($"strconv.ParseUint: parsing \"{text}\": invalid syntax"),
        _ => throw CelException.NoOverload(),
    };

    private static double Double(object? value) => value switch
    {
        double or long or ulong => Convert.ToDouble(value),
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : throw new CelException($"strconv.ParseFloat: parsing \"{text}\": invalid syntax"),
        _ => throw CelException.NoOverload(),
    };

    private static bool Bool(object? value) => value switch
    {
        bool flag => flag,
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        string text => throw new CelException($"strconv.ParseBool: parsing \"{text}\": invalid syntax"),
        _ => throw CelException.NoOverload(),
    };

    private static string Utf8(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (ArgumentException)
        {
            throw new CelException("invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    private static DateTimeOffset Timestamp(string text) =>
        text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new CelException($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse");

    private static DateTimeOffset Instant(long seconds)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new CelException("timestamp overflow");
        }
    }
}
