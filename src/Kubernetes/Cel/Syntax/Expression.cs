namespace Kubernetes.Cel.Syntax;

/// <summary>A parsed expression (CEL language definition, "Syntax"). Operators are calls of functions named as in the specification: <c>_+_</c>.</summary>
/// <param name="Position">Where it stands in the text, for reports.</param>
public abstract record Expression(int Position)
{
    /// <summary>null, bool, long, ulong, double, string or byte[].</summary>
    public sealed record Literal(object? Value, int Position) : Expression(Position);

    public sealed record Identifier(string Name, int Position) : Expression(Position);

    /// <param name="Test">The macro <c>has</c>: is it there?</param>
    /// <param name="Optional"><c>.?field</c>.</param>
    public sealed record Select(Expression Operand, string Field, bool Test, bool Optional, int Position) : Expression(Position);

    public sealed record Call(Expression? Target, string Function, IReadOnlyList<Expression> Arguments, int Position) : Expression(Position);

    /// <param name="Items">Those marked optional (<c>[?a]</c>) are left out when they have no value.</param>
    public sealed record List(IReadOnlyList<(Expression Value, bool Optional)> Items, int Position) : Expression(Position);

    public sealed record Map(IReadOnlyList<(Expression Key, Expression Value, bool Optional)> Entries, int Position) : Expression(Position);

    /// <summary>A macro over a list or a map's keys.</summary>
    /// <param name="Macro">all, exists, exists_one, map, filter, optMap …</param>
    /// <param name="Range">What it goes over.</param>
    /// <param name="Variables">One, or two: index or key, and value.</param>
    /// <param name="Arguments">Bodies, evaluated with the variables.</param>
    /// <param name="Position">Of the macro's name.</param>
    public sealed record Comprehension(string Macro, Expression Range, IReadOnlyList<string> Variables, IReadOnlyList<Expression> Arguments, int Position) : Expression(Position);
}
