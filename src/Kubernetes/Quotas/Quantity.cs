using System.Globalization;
using k8s.Models;

namespace Kubernetes.Quotas;

/// <summary>An amount and how it is written (apimachinery <c>resource.Quantity</c>): <c>1500m</c>, <c>2Gi</c>.</summary>
/// <param name="Value">In units: cores, bytes, objects.</param>
/// <param name="IsBinary">Whether it is written with Ki, Mi, Gi …</param>
internal readonly record struct Quantity(decimal Value, bool IsBinary = false)
{
    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] Decimals = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    public static Quantity One => new(1);

    /// <summary>Zero when the text is no quantity.</summary>
    public static Quantity Parse(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? default : new Quantity(new ResourceQuantity(text).ToDecimal(), text.EndsWith('i'));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return default;
        }
    }

    /// <summary>Written as the first that is not zero.</summary>
    public static Quantity operator +(Quantity one, Quantity other) => new(one.Value + other.Value, one.Value == 0 ? other.IsBinary : one.IsBinary);

    public static Quantity operator -(Quantity one, Quantity other) => new(one.Value - other.Value, one.Value == 0 ? other.IsBinary : one.IsBinary);

    public static Quantity Max(Quantity one, Quantity other) => one.Value >= other.Value ? one : other;

    /// <summary>With the largest suffix that leaves a whole number, as upstream writes it.</summary>
    public override string ToString()
        => Value == 0 ? "0"
            : IsBinary && Math.Abs(Value) >= 1024 && decimal.Truncate(Value) == Value ? Shortest(Value, 1024, Binary)
            : Shortest(decimal.Ceiling(Value * 1_000_000_000m), 1000, Decimals);

    private static string Shortest(decimal value, int step, string[] suffixes)
    {
        var suffix = 0;
        while (suffix < suffixes.Length - 1 && value % step == 0)
        {
            value /= step;
            suffix++;
        }

        return decimal.Truncate(value).ToString(CultureInfo.InvariantCulture) + suffixes[suffix];
    }
}
