using Kubernetes.Cel.Evaluation;
using Kubernetes.Cel.Syntax;
using Kubernetes.Cel.Values;

namespace Kubernetes.Api.Admission.Policies;

/// <summary>
/// <c>variables</c>: each is computed when an expression first names it, and once (apiserver admission/plugin/cel/composition.go).
/// </summary>
internal sealed class PolicyVariables(IReadOnlyList<(string Name, Expression Expression)> variables, Evaluator evaluator) : ICelMap
{
    private readonly Dictionary<string, object?> computed = [];

    /// <summary>What the variables may name: everything, and each other.</summary>
    public Scope? Scope { get; set; }

    public IEnumerable<object> Keys => variables.Select(variable => variable.Name);

    public int Count => variables.Count;

    public bool TryGet(object key, out object? value)
    {
        value = null;
        if (key is not string name || variables.FirstOrDefault(variable => variable.Name == name) is not { Expression: { } expression })
        {
            return false;
        }
        if (!computed.TryGetValue(name, out value))
        {
            computed[name] = value = Compute(name, expression);
        }
        return true;
    }

    private object? Compute(string name, Expression expression)
    {
        try
        {
            return evaluator.Evaluate(expression, Scope);
        }
        catch (CelException e) when (!Budget.IsExceeded(e))
        {
            throw new CelException($"composited variable \"{name}\" fails to evaluate: {e.Message}");
        }
    }
}
