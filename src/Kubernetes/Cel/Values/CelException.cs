namespace Kubernetes.Cel.Values;

/// <summary>An expression could not be evaluated; messages are cel-go's.</summary>
public sealed class CelException(string message) : Exception(message)
{
    public static CelException NoOverload() => new("no such overload");

    public static CelException NoSuchKey(object? key) => new($"no such key: {key}");
}
