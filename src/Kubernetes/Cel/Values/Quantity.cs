using k8s.Models;

namespace Kubernetes.Cel.Values;

/// <summary>An amount of a resource, e.g. 1.5Gi (Kubernetes' CEL library for quantities).</summary>
public sealed record Quantity(decimal Amount)
{
    /// <exception cref="CelException">It is no quantity.</exception>
    public static Quantity Parse(string text)
    {
        try
        {
            return text.Length > 0 ? new Quantity(new ResourceQuantity(text).ToDecimal()) : throw new FormatException();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new CelException("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
    }
}
