using System.Globalization;
using System.Text.RegularExpressions;

namespace ArgoRollouts.Analysis.Go;

/// <summary>Conversions of Go and of its strconv package, with their errors.</summary>
public static partial class GoConversion
{
    /// <summary>float64 to int64: towards zero; what does not fit becomes the smallest number, as on amd64.</summary>
    public static long Truncate(double value) => value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)value : long.MinValue;

    /// <summary>strconv.ParseInt in base 10, or in the base that a prefix names when base is 0.</summary>
    public static long ParseInt(string text, int radix = 10, string function = "ParseInt")
    {
        var digits = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        var negative = text.StartsWith('-');
        var style = NumberStyles.None;
        if (radix == 0 && digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[2..];
            style = NumberStyles.AllowHexSpecifier;
        }
        if (digits.Length == 0 || !digits.All(style == NumberStyles.None ? char.IsAsciiDigit : char.IsAsciiHexDigit))
        {
            throw Syntax(function, text);
        }
        if (!UInt128.TryParse(digits.TrimStart('0').PadLeft(1, '0'), style, CultureInfo.InvariantCulture, out var magnitude)
            || magnitude > (UInt128)long.MaxValue + (negative ? 1u : 0u))
        {
            throw Range(function, text);
        }
        return negative ? unchecked(-(long)magnitude) : (long)magnitude;
    }

    /// <summary>strconv.ParseFloat: decimal, hexadecimal with a binary exponent, infinity and NaN by name.</summary>
    public static double ParseFloat(string text)
    {
        var unsigned = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        double? value = unsigned.ToLowerInvariant() switch
        {
            "inf" or "infinity" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ when DecimalFloat().IsMatch(unsigned) => double.Parse(unsigned, NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => Hexadecimal(unsigned),
        };
        return value switch
        {
            null => throw Syntax("ParseFloat", text),
            double.PositiveInfinity when char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.' => throw Range("ParseFloat", text),
            _ => text.StartsWith('-') ? -value.Value : value.Value,
        };
    }

    /// <summary>The panic of a type assertion that does not hold.</summary>
    public static GoPanicException NotOfType(object? value, GoType wanted) =>
        new($"interface conversion: interface {{}} is {(value is null ? "nil" : GoType.NameOfValue(value))}, not {wanted.Name}");

    public static bool ToBool(object? value) => value is bool flag ? flag : throw NotOfType(value, GoType.Bool);

    public static string ToText(object? value) => value is string text ? text : throw NotOfType(value, GoType.String);

    private static double? Hexadecimal(string text)
    {
        if (HexadecimalFloat().Match(text) is not { Success: true } match)
        {
            return null;
        }
        var fraction = match.Groups["fraction"].Value;
        var mantissa = 0.0;
        foreach (var digit in match.Groups["integer"].Value + fraction)
        {
            mantissa = mantissa * 16 + Convert.ToInt32(digit.ToString(), 16);
        }
        return mantissa * Math.Pow(2, double.Parse(match.Groups["exponent"].Value, CultureInfo.InvariantCulture) - 4 * fraction.Length);
    }

    private static GoPanicException Syntax(string function, string text) => new($"strconv.{function}: parsing {GoQuote.Quote(text)}: invalid syntax");

    private static GoPanicException Range(string function, string text) => new($"strconv.{function}: parsing {GoQuote.Quote(text)}: value out of range");

    [GeneratedRegex(@"^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DecimalFloat();

    [GeneratedRegex(@"^0[xX](?=[0-9a-fA-F.]*[0-9a-fA-F])(?<integer>[0-9a-fA-F]*)\.?(?<fraction>[0-9a-fA-F]*)[pP](?<exponent>[+-]?[0-9]+)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HexadecimalFloat();
}
