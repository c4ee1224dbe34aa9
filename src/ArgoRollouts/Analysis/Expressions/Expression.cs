using ArgoRollouts.Analysis.Expressions.Checking;
using ArgoRollouts.Analysis.Expressions.Evaluation;
using ArgoRollouts.Analysis.Expressions.Optimizing;
using ArgoRollouts.Analysis.Expressions.Syntax;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions;

/// <summary>
/// The expression language of successCondition, failureCondition and rangeQuery: that of antonmedv/expr v1.15.5, which Argo Rollouts 1.9 uses.
/// https://github.com/expr-lang/expr/blob/v1.15.5/docs/Language-Definition.md
/// </summary>
public static class Expression
{
    /// <summary>Parses, type-checks and computes an expression.</summary>
    /// <param name="source">The expression.</param>
    /// <param name="environment">Variables and functions by name; values as <see cref="GoType"/> lists them.</param>
    /// <param name="time">What now() reads.</param>
    /// <returns>A value as <see cref="GoType"/> lists them; null for nil.</returns>
    /// <exception cref="ExpressionException">With upstream's message, wherever it failed.</exception>
    public static object? Evaluate(string source, IReadOnlyDictionary<string, object?> environment, TimeProvider time)
    {
        try
        {
            var tree = Parser.Parse(source);
            new TypeChecker(environment.ToDictionary(e => e.Key, e => GoType.Of(e.Value))).Check(tree);
            return new Evaluator(new(environment), time).Evaluate(Optimizer.Optimize(tree));
        }
        catch (GoPanicException e)
        {
            throw new ExpressionException(e.Message);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new ExpressionException("expression is nested too deeply");
        }
    }
}
