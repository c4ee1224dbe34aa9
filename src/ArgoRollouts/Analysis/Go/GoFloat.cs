using System.Globalization;
using System.Text;

namespace ArgoRollouts.Analysis.Go;

/// <summary>strconv.FormatFloat with the shortest digits that read back as the same float64.</summary>
public static class GoFloat
{
    /// <summary>Format 'f': never an exponent. Prometheus writes its samples so.</summary>
    public static string Plain(double value) => Special(value) ?? Fixed(Decompose(value));

    /// <summary>Format 'g', what %v prints: an exponent below 1e-4 and from 1e6 on.</summary>
    public static string General(double value)
    {
        if (Special(value) is { } special)
        {
            return special;
        }
        var digits = Decompose(value);
        return digits.Exponent is < SmallestGeneral or >= LargestGeneral ? Scientific(digits, minimumExponentDigits: 2) : Fixed(digits);
    }

    /// <summary>As encoding/json writes a float64: an exponent below 1e-6 and from 1e21 on, without padding it.</summary>
    /// <exception cref="GoPanicException">The value is not finite.</exception>
    public static string Json(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new GoPanicException($"json: unsupported value: {Special(value)}");
        }
        var digits = Decompose(value);
        return value != 0 && digits.Exponent is < -6 or >= 21 ? Scientific(digits, minimumExponentDigits: 1) : Fixed(digits);
    }

    private const int SmallestGeneral = -4;
    private const int LargestGeneral = 6;

    private static string? Special(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => null,
    };

    /// <summary>value = sign 0.d1d2d3… · 10^(Exponent+1)</summary>
    private readonly record struct Decimal(bool Negative, string Digits, int Exponent);

    private static Decimal Decompose(double value)
    {
        var text = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var exponent = value == 0 ? 0 : int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = shortest.Split('E')[0];
        var point = mantissa.IndexOf('.');
        var digits = mantissa.Replace(".", "").TrimStart('0').TrimEnd('0');
        if (value != 0)
        {
            // E16 may round 9.99…e22 up to 1e23; the shortest text is exact about the position of its point
            var leading = mantissa.TakeWhile(c => c is '0' or '.').Count(c => c == '0');
            var integerDigits = point < 0 ? mantissa.Length : point;
            var own = shortest.Contains('E') ? int.Parse(shortest.AsSpan(shortest.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
            exponent = own + integerDigits - leading - 1;
        }
        return new(double.IsNegative(value), digits.Length == 0 ? "0" : digits, exponent);
    }

    private static string Fixed(Decimal number)
    {
        var text = new StringBuilder(number.Negative ? "-" : "");
        if (number.Exponent < 0)
        {
            return text.Append("0.").Append('0', -number.Exponent - 1).Append(number.Digits).ToString();
        }
        var integer = Math.Min(number.Exponent + 1, number.Digits.Length);
        text.Append(number.Digits, 0, integer).Append('0', number.Exponent + 1 - integer);
        return integer == number.Digits.Length ? text.ToString() : text.Append('.').Append(number.Digits, integer, number.Digits.Length - integer).ToString();
    }

    private static string Scientific(Decimal number, int minimumExponentDigits)
    {
        var fraction = number.Digits.Length > 1 ? "." + number.Digits[1..] : "";
        var exponent = Math.Abs(number.Exponent).ToString(CultureInfo.InvariantCulture).PadLeft(minimumExponentDigits, '0');
        return $"{(number.Negative ? "-" : "")}{number.Digits[0]}{fraction}e{(number.Exponent < 0 ? '-' : '+')}{exponent}";
    }
}
