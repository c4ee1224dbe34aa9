using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Evaluation;

/// <summary>What #, #index and #acc stand for while a closure runs.</summary>
internal sealed class Scope(IReadOnlyList<object?> elements)
{
    public int Index { get; set; }

    public object? Accumulator { get; set; }

    public IReadOnlyList<object?> Elements { get; } = elements;

    public object? Element => Index < Elements.Count ? Elements[Index] : throw new GoPanicException("reflect: slice index out of range");

    public object? Read(string name) => name switch
    {
        "" => Element,
        "index" => (nint)Index,
        _ => Accumulator,
    };
}
