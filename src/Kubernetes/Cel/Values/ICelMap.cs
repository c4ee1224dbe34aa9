namespace Kubernetes.Cel.Values;

/// <summary>A map, or an object with fields.</summary>
public interface ICelMap
{
    /// <summary>In their order.</summary>
    IEnumerable<object> Keys { get; }

    int Count { get; }

    bool TryGet(object key, out object? value);

    /// <summary>By a field's name as it stands in an expression, where it may be escaped.</summary>
    bool TrySelect(string field, out object? value) => TryGet(field, out value);
}
