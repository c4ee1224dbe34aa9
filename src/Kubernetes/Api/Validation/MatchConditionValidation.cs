using System.Text.Json.Nodes;
using Kubernetes.Api.Admission.Expressions;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Checking;

namespace Kubernetes.Api.Validation;

/// <summary>The <c>matchConditions</c> of webhooks and policies (kubernetes pkg/apis/admissionregistration/validation).</summary>
internal static class MatchConditionValidation
{
    private const int Max = 64;

    private static readonly string[] Bool = ["bool"];

    public static void CheckWebhooks(JsonObject configuration, FieldErrors errors)
    {
        var i = 0;
        foreach (var webhook in configuration.Items("webhooks"))
        {
            Check(webhook.Items("matchConditions"), $"webhooks[{i++}].matchConditions", AdmissionShapes.Common, errors);
        }
    }

    public static void Check(IEnumerable<JsonObject> conditions, string path, IReadOnlyDictionary<string, Shape> variables, FieldErrors errors)
    {
        var list = conditions.ToList();
        if (list.Count > Max)
        {
            errors.TooMany(path, list.Count, Max);
        }
        var names = new HashSet<string>();
        for (var i = 0; i < list.Count; i++)
        {
            var (name, expression) = (list[i].Text("name") ?? "", (list[i].Text("expression") ?? "").Trim());
            if (expression.Length == 0)
            {
                errors.Required($"{path}[{i}].expression");
            }
            else if (ExpressionCheck.Problem(expression, variables, Bool, out _) is { } problem)
            {
                errors.Invalid($"{path}[{i}].expression", expression, problem);
            }
            if (name.Length == 0)
            {
                errors.Required($"{path}[{i}].name");
            }
            else if (!Names.IsQualifiedName(name))
            {
                errors.Invalid($"{path}[{i}].name", name, Names.QualifiedNameProblem(name));
            }
            if (name.Length > 0 && !names.Add(name))
            {
                errors.Duplicate($"{path}[{i}].name", name);
            }
        }
    }
}
