using ArgoRollouts.Analysis.Expressions;
using ArgoRollouts.Analysis.Go;
using Microsoft.Extensions.Time.Testing;

namespace ArgoRollouts.Tests.Analysis.Expressions;

/// <summary>Evaluates in an environment with one variable of each type.</summary>
internal static class Evaluated
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, object?> Environment = new()
    {
        ["Int"] = (nint)7,
        ["Int64"] = 7L,
        ["Float"] = 7.5,
        ["Bool"] = true,
        ["String"] = "seven",
        ["Nil"] = null,
        ["Any"] = GoJsonReader.Read("""{"number": 7, "text": "seven", "flag": true, "none": null, "list": [1, 2, 3], "map": {"a": {"b": "c"}}}"""),
        ["Floats"] = new[] { 0.5, 1.5, 2.5 },
        ["ArrayOfInt"] = new nint[] { 1, 2, 3 },
        ["ArrayOfString"] = new[] { "foo", "bar", "baz" },
        ["ArrayOfAny"] = new object?[] { (nint)1, "2", true },
        ["Empty"] = Array.Empty<double>(),
        ["isPositive"] = new GoFunction(GoType.FunctionOf(GoType.Bool, GoType.Float64), a => (double)a[0]! > 0),
    };

    public static object? Value(string expression) => Expression.Evaluate(expression, Environment, new FakeTimeProvider(Now));

    /// <summary>The value as %v prints it, preceded by its type: int 1.</summary>
    public static string Text(string expression) => Value(expression) is var value ? $"{GoType.NameOfValue(value)} {GoFormat.Value(value)}" : "";

    public static ExpressionException Failure(string expression) =>
        FluentActions.Invoking(() => Value(expression)).Should().Throw<ExpressionException>($"{expression} must be refused").Which;
}
