using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Evaluation;
using Kubernetes.Cel.Syntax;
using Kubernetes.Cel.Values;

namespace Kubernetes.Api.Admission.Expressions;

/// <summary>
/// The <c>matchConditions</c> of a webhook or a policy: what one of them is false for is passed over, even when another fails (apiserver
/// admission/plugin/webhook/matchconditions/matcher.go).
/// </summary>
internal sealed class MatchConditions
{
    /// <summary>Of all conditions of one webhook (upstream's RuntimeCELCostBudgetMatchConditions), in steps.</summary>
    private const long Limit = 2_500_000;

    private readonly IReadOnlyList<(string Text, Expression Expression)> conditions;

    private MatchConditions(IReadOnlyList<(string Text, Expression Expression)> conditions) => this.conditions = conditions;

    public static MatchConditions From(IEnumerable<JsonObject> conditions) =>
        new([.. conditions.Select(condition => condition.Text("expression") ?? "").Select(text => (text, Parser.Parse(text)))]);

    /// <param name="scope">The variables; made only when there are conditions.</param>
    /// <returns>Whether all hold; why that cannot be said.</returns>
    public (bool Match, string? Error) Evaluate(Func<Scope> scope)
    {
        if (conditions.Count == 0)
        {
            return (true, null);
        }
        var variables = scope();
        var evaluator = new Evaluator(new Budget(Limit));
        var errors = new List<string>();
        foreach (var (text, expression) in conditions)
        {
            try
            {
                switch (evaluator.Evaluate(expression, variables))
                {
                    case false:
                        return (false, null);
                    case not true:
                        throw CelException.NoOverload();
                }
            }
            catch (CelException e) when (Budget.IsExceeded(e))
            {
                return (false, "validation failed due to running out of cost budget, no further validation rules will be run");
            }
            catch (CelException e)
            {
                errors.Add($"expression '{text}' resulted in error: {e.Message}");
            }
        }
        return errors.Distinct().ToList() switch
        {
            [] => (true, null),
            [var only] => (false, only),
            var several => (false, $"[{string.Join(", ", several)}]"),
        };
    }
}
