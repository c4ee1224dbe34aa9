using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Arithmetic without conversions; what does not fit is an error.</summary>
internal static class Arithmetic
{
    public static object Add(object? left, object? right) => Checked(() => (left, right) switch
    {
        (long a, long b) => checked(a + b),
        (ulong a, ulong b) => checked(a + b),
        (double a, double b) => a + b,
        (string a, string b) => a + b,
        (byte[] a, byte[] b) => (byte[])[.. a, .. b],
        (TimeSpan a, TimeSpan b) => a + b,
        (DateTimeOffset a, TimeSpan b) => a + b,
        (TimeSpan a, DateTimeOffset b) => b + a,
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => (List<object?>)[.. a, .. b],
        _ => throw CelException.NoOverload(),
    });

    public static object Subtract(object? left, object? right) => Checked(() => (left, right) switch
    {
        (long a, long b) => checked(a - b),
        (ulong a, ulong b) => checked(a - b),
        (double a, double b) => a - b,
        (TimeSpan a, TimeSpan b) => a - b,
        (DateTimeOffset a, TimeSpan b) => a - b,
        (DateTimeOffset a, DateTimeOffset b) => (object)(a - b),
        _ => throw CelException.NoOverload(),
    });

    public static object Multiply(object? left, object? right) => Checked(() => (left, right) switch
    {
        (long a, long b) => (object)checked(a * b),
        (ulong a, ulong b) => checked(a * b),
        (double a, double b) => a * b,
        _ => throw CelException.NoOverload(),
    });

    public static object Divide(object? left, object? right) => Checked(() => (left, right) switch
    {
        (long, 0L) or (ulong, 0ul) => throw new CelException("division by zero"),
        (long a, long b) => (object)checked(a / b),
        (ulong a, ulong b) => a / b,
        (double a, double b) => a / b,
        _ => throw CelException.NoOverload(),
    });

    public static object Modulo(object? left, object? right) => Checked(() => (left, right) switch
    {
        (long, 0L) or (ulong, 0ul) => throw new CelException("modulus by zero"),
        (long.MinValue, -1L) => throw new OverflowException(),
        (long a, long b) => (object)(a % b),
        (ulong a, ulong b) => a % b,
        _ => throw CelException.NoOverload(),
    });

    private static object Checked(Func<object> compute)
    {
        try
        {
            return compute();
        }
        catch (OverflowException)
        {
            throw new CelException("integer overflow");
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new CelException("timestamp overflow");
        }
    }
}
