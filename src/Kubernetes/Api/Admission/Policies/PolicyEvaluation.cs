using Kubernetes.Cel.Evaluation;
using Kubernetes.Cel.Syntax;
using Kubernetes.Cel.Values;

namespace Kubernetes.Api.Admission.Policies;

/// <summary>Why a policy is not met; the reason is the status' reason.</summary>
/// <param name="Message">In upstream's words.</param>
/// <param name="Reason">Invalid, Forbidden or RequestEntityTooLarge.</param>
/// <param name="Always">Denies whatever the binding's actions are.</param>
internal sealed record PolicyFailure(string Message, string Reason = "Invalid", bool Always = false);

/// <summary>A policy over one write with one set of parameters (apiserver admission/plugin/policy/validating/validator.go).</summary>
internal static class PolicyEvaluation
{
    /// <summary>Of one policy (upstream's RuntimeCELCostBudget), in steps.</summary>
    private const long Limit = 10_000_000;

    private const int MessageMax = 5 * 1024;

    /// <param name="policy">The policy.</param>
    /// <param name="scope">The variables of admission, and params.</param>
    /// <returns>What was not met, in the order of the validations.</returns>
    public static IReadOnlyList<PolicyFailure> Failures(AdmissionPolicy policy, Scope scope)
    {
        var (match, error) = policy.Conditions.Evaluate(() => scope);
        if (error is not null)
        {
            return policy.FailOnError ? [new PolicyFailure(error)] : [];
        }
        if (!match)
        {
            return [];
        }
        var evaluator = new Evaluator(new Budget(Limit));
        var variables = new PolicyVariables(policy.Variables, evaluator);
        variables.Scope = scope.With("variables", variables);
        return
        [
            .. policy.Validations.Select(validation => Failure(validation, policy, evaluator, variables.Scope)).OfType<PolicyFailure>(),
            .. policy.AuditAnnotations.Select(annotation => AnnotationFailure(annotation.Text, annotation.Expression, policy, evaluator, variables.Scope)).OfType<PolicyFailure>(),
        ];
    }

    private static PolicyFailure? Failure(PolicyValidation validation, AdmissionPolicy policy, Evaluator evaluator, Scope scope)
    {
        try
        {
            return evaluator.Evaluate(validation.Expression, scope) is true ? null : new PolicyFailure(Message(validation, evaluator, scope), validation.Reason);
        }
        catch (CelException e)
        {
            return policy.FailOnError ? new PolicyFailure(Explained(validation.Text, e)) : null;
        }
    }

    /// <summary>There is no audit log that the annotations would go to, but one that cannot be computed denies.</summary>
    private static PolicyFailure? AnnotationFailure(string text, Expression expression, AdmissionPolicy policy, Evaluator evaluator, Scope scope)
    {
        try
        {
            return evaluator.Evaluate(expression, scope) is null or string ? null
                : new PolicyFailure($"valueExpression '{text}' resulted in unsupported return type. Return type must be either string or null.", Always: true);
        }
        catch (CelException e)
        {
            return policy.FailOnError ? new PolicyFailure(Explained(text, e), Always: true) : null;
        }
    }

    private static string Message(PolicyValidation validation, Evaluator evaluator, Scope scope)
    {
        if (validation.MessageExpression is { } expression)
        {
            try
            {
                if (evaluator.Evaluate(expression, scope) is string text && text.Trim() is { Length: > 0 and <= MessageMax } said && !said.Contains('\n'))
                {
                    return said;
                }
            }
            catch (CelException)
            {
                // upstream logs it, and says what it would say without one
            }
        }
        return validation.Message?.Trim() is { Length: > 0 } message ? message : $"failed expression: {validation.Text.Trim()}";
    }

    private static string Explained(string text, CelException e) => Budget.IsExceeded(e)
        ? "validation failed due to running out of cost budget, no further validation rules will be run"
        : $"expression '{text}' resulted in error: {e.Message}";
}
