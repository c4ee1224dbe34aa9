using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Builtins;

/// <summary>A built-in function: how its arguments are checked before it runs, and what it does.</summary>
internal sealed class Builtin(string name, Func<object?[], object?> invoke)
{
    public string Name { get; } = name;

    public Func<object?[], object?> Invoke { get; } = invoke;

    /// <summary>Signatures tried in order; none when <see cref="Validate"/> decides.</summary>
    public IReadOnlyList<GoType> Signatures { get; init; } = [];

    /// <summary>Type of the result for the types of the arguments; throws <see cref="GoPanicException"/> when they do not do.</summary>
    public Func<IReadOnlyList<GoType?>, GoType?>? Validate { get; init; }
}
