using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Evaluation;

/// <summary>The variables in sight.</summary>
public sealed class Scope(Scope? outer, string name, object? value)
{
    /// <exception cref="CelException">There is no such variable.</exception>
    public static object? Find(Scope? scope, string name)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope.Name == name)
            {
                return scope.Value;
            }
        }
        return name is "bool" or "int" or "uint" or "double" or "string" or "bytes" or "list" or "map" or "null_type" or "type"
            ? new CelType(name)
            : throw new CelException($"no such attribute(s): {name}");
    }

    private Scope? Outer { get; } = outer;

    private string Name { get; } = name;

    private object? Value { get; } = value;

    public Scope With(string variable, object? content) => new(this, variable, content);
}
