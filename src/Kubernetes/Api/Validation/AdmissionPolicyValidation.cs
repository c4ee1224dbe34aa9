using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kubernetes.Api.Admission.Expressions;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Checking;

namespace Kubernetes.Api.Validation;

/// <summary>ValidatingAdmissionPolicies (kubernetes pkg/apis/admissionregistration/validation).</summary>
internal static partial class AdmissionPolicyValidation
{
    private const int AnnotationsMax = 20;
    private const int AnnotationBytesMax = 5 * 1024;

    private static readonly string[] Bool = ["bool"];
    private static readonly string[] Text = ["string"];
    private static readonly string[] TextOrNull = ["string", "null_type"];
    private static readonly string[] Reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"];

    public static void Check(JsonObject policy, FieldErrors errors)
    {
        var spec = policy.Sub("spec");
        if (spec.Text("failurePolicy") is { } failurePolicy and not ("Fail" or "Ignore"))
        {
            errors.NotSupported("spec.failurePolicy", failurePolicy, "Fail", "Ignore");
        }
        var shapes = AdmissionShapes.Common;
        if (spec.Object("paramKind") is { } paramKind)
        {
            shapes["params"] = Shape.Dyn;
            ParamKind(paramKind, errors);
        }
        if (spec.Object("matchConstraints") is { } match)
        {
            MatchResourcesValidation.Check(match, "spec.matchConstraints", errors);
            if (match.Array("resourceRules") is not { Count: > 0 })
            {
                errors.Required("spec.matchConstraints.resourceRules");
            }
        }
        else
        {
            errors.Required("spec.matchConstraints");
        }
        MatchConditionValidation.Check(spec.Items("matchConditions"), "spec.matchConditions", shapes, errors);
        shapes["variables"] = Variables(spec, shapes, errors);
        Checks(policy, spec, shapes, errors);
    }

    private static void Checks(JsonObject policy, JsonObject spec, Dictionary<string, Shape> shapes, FieldErrors errors)
    {
        var (validations, annotations) = (spec.Items("validations").ToList(), spec.Items("auditAnnotations").ToList());
        if (validations.Count == 0 && annotations.Count == 0)
        {
            errors.Required("spec.validations", "validations or auditAnnotations must contain at least one item");
            errors.Required("spec.auditAnnotations", "validations or auditAnnotations must contain at least one item");
        }
        for (var i = 0; i < validations.Count; i++)
        {
            Validation(validations[i], $"spec.validations[{i}]", shapes, errors);
        }
        if (annotations.Count > AnnotationsMax)
        {
            errors.Invalid("spec.auditAnnotations", spec["auditAnnotations"], $"must not have more than {AnnotationsMax} auditAnnotations");
        }
        var keys = new HashSet<string>();
        for (var i = 0; i < annotations.Count; i++)
        {
            Annotation(policy.Text("metadata", "name") ?? "", annotations[i], $"spec.auditAnnotations[{i}]", shapes, errors);
            if (!keys.Add(annotations[i].Text("key") ?? ""))
            {
                errors.Duplicate($"spec.auditAnnotations[{i}].key", annotations[i].Text("key"));
            }
        }
    }

    private static void ParamKind(JsonObject paramKind, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(paramKind.Text("apiVersion")))
        {
            errors.Required("spec.paramKind.apiVersion");
        }
        if (string.IsNullOrEmpty(paramKind.Text("kind")))
        {
            errors.Required("spec.paramKind.kind");
        }
        else if (Names.Problem(NameRule.Dns1035Label, paramKind.Text("kind")!.ToLowerInvariant()) is { } problem)
        {
            errors.Invalid("spec.paramKind.kind", paramKind.Text("kind"), $"may have mixed case, but should otherwise match: {problem}");
        }
    }

    /// <returns>What <c>variables</c> has: each variable may use those before it.</returns>
    private static Shape Variables(JsonObject spec, Dictionary<string, Shape> shapes, FieldErrors errors)
    {
        var known = new Dictionary<string, Shape>();
        var inner = new Dictionary<string, Shape>(shapes) { ["variables"] = new Shape("object", known.GetValueOrDefault) };
        var i = 0;
        foreach (var variable in spec.Items("variables"))
        {
            var (name, expression, path) = (variable.Text("name") ?? "", variable.Text("expression") ?? "", $"spec.variables[{i++}]");
            if (name.Trim().Length == 0)
            {
                errors.Required($"{path}.name", "name is not specified");
            }
            else if (!Identifier().IsMatch(name))
            {
                errors.Invalid($"{path}.name", name, "must be a valid CEL identifier");
            }
            if (expression.Trim().Length == 0)
            {
                errors.Required($"{path}.expression", "expression is not specified");
                continue;
            }
            if (ExpressionCheck.Problem(expression, inner, [], out var shape) is { } problem && problem.StartsWith("compilation", StringComparison.Ordinal))
            {
                errors.Invalid($"{path}.expression", expression, problem);
            }
            known[name] = shape;
        }
        return inner["variables"];
    }

    private static void Validation(JsonObject validation, string path, Dictionary<string, Shape> shapes, FieldErrors errors)
    {
        var expression = validation.Text("expression") ?? "";
        if (expression.Trim().Length == 0)
        {
            errors.Required($"{path}.expression", "expression is not specified");
        }
        else
        {
            Expression(expression, $"{path}.expression", shapes, Bool, errors);
        }
        if (validation.Text("messageExpression") is { Length: > 0 } words)
        {
            if (words.Trim().Length == 0)
            {
                errors.Invalid($"{path}.messageExpression", words, "must be non-empty if specified");
            }
            else
            {
                Expression(words, $"{path}.messageExpression", Without(shapes, "authorizer"), Text, errors);
            }
        }
        if (validation.Text("message") is { Length: > 0 } message)
        {
            if (message.Trim().Length == 0)
            {
                errors.Invalid($"{path}.message", message, "must be non-empty if specified");
            }
            else if (message.Trim().AsSpan().IndexOfAny('\n', '\r') >= 0)
            {
                errors.Invalid($"{path}.message", message, "must not contain line breaks");
            }
        }
        if (validation.Text("reason") is { } reason && !Reasons.Contains(reason))
        {
            errors.NotSupported($"{path}.reason", reason, Reasons);
        }
    }

    private static void Annotation(string policy, JsonObject annotation, string path, Dictionary<string, Shape> shapes, FieldErrors errors)
    {
        var key = $"{policy}/{annotation.Text("key")}";
        if (!Names.IsQualifiedName(key))
        {
            errors.Invalid($"{path}.key", key, Names.QualifiedNameProblem(key));
        }
        var expression = (annotation.Text("valueExpression") ?? "").Trim();
        if (expression.Length == 0)
        {
            errors.Required($"{path}.valueExpression", "valueExpression is not specified");
        }
        else if (expression.Length > AnnotationBytesMax)
        {
            errors.Required($"{path}.valueExpression", $"must not exceed {AnnotationBytesMax} bytes in length");
        }
        else
        {
            Expression(expression, $"{path}.valueExpression", shapes, TextOrNull, errors);
        }
    }

    private static void Expression(string text, string path, Dictionary<string, Shape> shapes, string[] types, FieldErrors errors)
    {
        if (ExpressionCheck.Problem(text, shapes, types, out _) is { } problem)
        {
            errors.Invalid(path, text, problem);
        }
    }

    private static Dictionary<string, Shape> Without(Dictionary<string, Shape> shapes, string name)
    {
        var fewer = new Dictionary<string, Shape>(shapes);
        fewer.Remove(name);
        return fewer;
    }

    // what CEL keeps for itself (apiserver pkg/cel/escaping.go) is none
    [GeneratedRegex("^(?!(?:true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)$)[_a-zA-Z][_a-zA-Z0-9]*$")]
    private static partial Regex Identifier();
}
