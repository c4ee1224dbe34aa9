using Kubernetes.Cel.Checking;
using Kubernetes.Cel.Syntax;

namespace Kubernetes.Api.Admission.Expressions;

/// <summary>Whether an expression can be evaluated at all, in the words of apiserver admission/plugin/cel/compile.go.</summary>
internal static class ExpressionCheck
{
    /// <param name="text">The expression.</param>
    /// <param name="variables">What it may name.</param>
    /// <param name="types">What it may come to.</param>
    /// <param name="shape">What it comes to, as far as that is known.</param>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? Problem(string text, IReadOnlyDictionary<string, Shape> variables, string[] types, out Shape shape)
    {
        shape = Shape.Dyn;
        try
        {
            shape = new Checker(text).Check(Parser.Parse(text), variables);
        }
        catch (CelSyntaxException e)
        {
            return $"compilation failed: {e.Message}";
        }
        var name = shape.Name;
        return name == "dyn" || types.Contains(name) ? null
            : types.Length == 1 ? $"must evaluate to {types[0]} but got {name}"
            : $"must evaluate to one of [{string.Join(' ', types)}] but got {name}";
    }
}
