using System.Globalization;
using System.Text;
using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary><c>'%s has %d'.format([…])</c> (cel-go ext/formatting.go): %s, %d, %f, %e, %b, %x, %X, %o, %%.</summary>
internal static class Formatting
{
    public static string Format(string format, IReadOnlyList<object?> arguments)
    {
        var result = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }
            if (++i < format.Length && format[i] == '%')
            {
                result.Append('%');
                continue;
            }
            var precision = 6;
            if (i < format.Length && format[i] == '.')
            {
                var start = ++i;
                while (i < format.Length && char.IsAsciiDigit(format[i]))
                {
                    i++;
                }
                precision = int.TryParse(format.AsSpan(start, i - start), out var digits) ? Math.Min(digits, 99) : throw new CelException("could not parse formatting clause: error while parsing precision");
            }
            if (i >= format.Length)
            {
                throw new CelException("could not parse formatting clause: unexpected end of format string");
            }
            result.Append(Clause(format[i], precision, next < arguments.Count ? arguments[next++] : throw new CelException($"index {next} out of range")));
        }
        return result.ToString();
    }

    private static string Clause(char verb, int precision, object? value) => (verb, value) switch
    {
        ('s', _) => Display(value),
        ('d', long or ulong or double) => ConversionFunctions.Text(value),
        ('f', double or long or ulong) => Convert.ToDouble(value).ToString($"F{precision}", CultureInfo.InvariantCulture),
        ('e', double or long or ulong) => Convert.ToDouble(value).ToString($"0.{new string('0', precision)}e+00", CultureInfo.InvariantCulture),
        ('b', bool flag) => flag ? "1" : "0",
        ('b', long number) => number < 0 ? $"-{Convert.ToString(-number, 2)}" : Convert.ToString(number, 2),
        ('o', long number) => Convert.ToString(number, 8),
        ('x', long number) => number.ToString("x", CultureInfo.InvariantCulture),
        ('X', long number) => number.ToString("X", CultureInfo.InvariantCulture),
        ('x', ulong number) => number.ToString("x", CultureInfo.InvariantCulture),
        ('x', string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text)).ToLowerInvariant(),
        ('x', byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant(),
        ('s' or 'd' or 'f' or 'e' or 'b' or 'o' or 'x' or 'X', _) => throw new CelException($"error during formatting: %{verb} is not for {CelType.Of(value)}"),
        _ => throw new CelException($"could not parse formatting clause: unrecognized formatting clause \"{verb}\""),
    };

    private static string Display(object? value) => value switch
    {
        null => "null",
        CelType type => type.Name,
        ICelMap map => $"{{{string.Join(", ", map.Keys.Select(key => $"{Display(key)}: {Display(map.TryGet(key, out var item) ? item : null)}").Order(StringComparer.Ordinal))}}}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Display))}]",
        _ => ConversionFunctions.Text(value),
    };
}
