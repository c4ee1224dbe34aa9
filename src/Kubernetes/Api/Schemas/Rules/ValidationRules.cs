using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Evaluation;
using Kubernetes.Cel.Syntax;
using Kubernetes.Cel.Values;

namespace Kubernetes.Api.Schemas.Rules;

/// <summary>
/// Evaluates x-kubernetes-validations over one value of a custom resource, with the messages of apiextensions-apiserver
/// (pkg/apiserver/schema/cel/validation.go).
/// </summary>
internal static class ValidationRules
{
    /// <summary>Of one rule (upstream's PerCallLimit), in steps.</summary>
    private const long RuleLimit = 1_000_000;

    /// <summary>Of all rules over one object (upstream's RuntimeCELCostBudget).</summary>
    public const long ObjectLimit = 10_000_000;

    private static readonly ConditionalWeakTable<JsonObject, CompiledRule> Compiled = [];

    /// <param name="value">What the rules are about.</param>
    /// <param name="old">The same part before the change; null: it is new, or which part it was cannot be said.</param>
    /// <param name="schema">Its schema, with the rules.</param>
    /// <param name="path">For errors.</param>
    /// <param name="errors">Takes what does not hold.</param>
    /// <param name="budget">What may still be spent on this object.</param>
    public static void Check(JsonNode value, JsonNode? old, Schema schema, string path, FieldErrors errors, Budget budget)
    {
        foreach (var rule in schema.Constraints.Items("x-kubernetes-validations"))
        {
            var compiled = Compiled.GetValue(rule, CompiledRule.Of);
            var optionalOld = rule.Flag("optionalOldSelf") == true;
            if (compiled.UsesOldSelf && old is null && !optionalOld)
            {
                continue;
            }
            // what an object broke before may stay broken while it stays as it is (KEP-4008)
            if (!compiled.UsesOldSelf && old is not null && value.SameAs(old))
            {
                continue;
            }
            var scope = new Scope(null, "self", SchemaValue.Of(value, schema));
            scope = optionalOld
                ? scope.With("oldSelf", old is null ? CelOptional.None : CelOptional.Of(SchemaValue.Of(old, schema)))
                : old is null ? scope : scope.With("oldSelf", SchemaValue.Of(old, schema));
            try
            {
                budget.Spend(1);
                if (Evaluate(compiled.Rule, scope) is not true)
                {
                    Report(rule, Message(rule, compiled, scope), value, path, errors);
                }
            }
            catch (CelException e)
            {
                errors.Invalid(path, Shown(value), Failure(e, rule));
            }
        }

        object? Evaluate(Expression expression, Scope scope)
        {
            budget.Spend(1);
            return new Evaluator(new Budget(RuleLimit, budget)).Evaluate(expression, scope);
        }

        string Message(JsonObject rule, CompiledRule compiled, Scope scope)
        {
            try
            {
                if (compiled.Message is { } expression && Evaluate(expression, scope) is string text && text.Trim() is { Length: > 0 } said && !said.Contains('\n'))
                {
                    return said;
                }
            }
            catch (CelException)
            {
                // upstream logs it, and says what it would say without one
            }
            return rule.Text("message") is { Length: > 0 } message ? message.Trim() : $"failed rule: {Named(rule)}";
        }
    }

    private static void Report(JsonObject rule, string message, JsonNode value, string path, FieldErrors errors)
    {
        var field = rule.Text("fieldPath") is { Length: > 0 } below ? (path + below.Replace("['", "[", StringComparison.Ordinal).Replace("']", "]", StringComparison.Ordinal)).TrimStart('.') : path;
        switch (rule.Text("reason"))
        {
            case "FieldValueForbidden":
                errors.Forbidden(field, message);
                break;
            case "FieldValueRequired":
                errors.Required(field, message);
                break;
            case "FieldValueDuplicate":
                errors.Duplicate(field, Shown(value));
                break;
            default:
                errors.Invalid(field, Shown(value), message);
                break;
        }
    }

    private static string Failure(CelException e, JsonObject rule) => e.Message switch
    {
        "no such overload" => $"'{e.Message}': call arguments did not match a supported operator, function or macro signature for rule: {Named(rule)}",
        Budget.Exceeded => $"'{e.Message}': no further validation rules will be run due to call cost exceeds limit for rule: {Named(rule)}",
        Budget.ObjectExceeded => "validation failed due to running out of cost budget, no further validation rules will be run",
        _ => $"{e.Message} evaluating rule: {Named(rule)}",
    };

    private static string Named(JsonObject rule) => rule.Text("message") is { Length: > 0 } message ? message.Trim() : (rule.Text("rule") ?? "").Trim();

    private static JsonNode Shown(JsonNode value) => value switch { JsonObject => "object", JsonArray => "array", _ => value.DeepClone() };
}
