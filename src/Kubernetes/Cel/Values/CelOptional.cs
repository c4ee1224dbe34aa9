namespace Kubernetes.Cel.Values;

/// <summary>A value that may be missing (cel-go optional types).</summary>
public sealed record CelOptional(bool HasValue, object? Content)
{
    public static CelOptional None { get; } = new(false, null);

    /// <exception cref="CelException">There is none.</exception>
    public object? Value => HasValue ? Content : throw new CelException("optional.none() dereference");

    public static CelOptional Of(object? value) => new(true, value);
}
