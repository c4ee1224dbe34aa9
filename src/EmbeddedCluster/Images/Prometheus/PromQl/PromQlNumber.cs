using System.Globalization;

namespace EmbeddedCluster.Images.Prometheus.PromQl;

/// <summary>Number literals: <c>60</c>, <c>1e3</c>, <c>0x1F</c>, <c>1_000</c>.</summary>
internal static class PromQlNumber
{
    /// <returns>The value, or null when the text is no number.</returns>
    public static double? Parse(string text)
    {
        var digits = text.Replace("_", "");
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        }

        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    /// <summary>So that it reads back as the same value.</summary>
    public static string Text(double value) => value.ToString("0.###############", CultureInfo.InvariantCulture);
}
