using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Schemas.Rules;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Checking;
using Kubernetes.Cel.Syntax;

namespace Kubernetes.Api.CustomResources;

/// <summary>Rules that cannot be evaluated are refused with their definition (apiextensions-apiserver pkg/apis/apiextensions/validation).</summary>
internal static class RuleDefinitions
{
    private static readonly string[] Reasons = ["FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired", "FieldValueDuplicate"];

    public static void Check(JsonObject? spec, FieldErrors errors)
    {
        var schemas = spec.Items("versions").Select(version => version.Object("schema", "openAPIV3Schema")).ToList();
        // upstream keeps what all versions have in common in one place, and says so
        var shared = schemas.All(schema => schema is not null && schema.SameAs(schemas[0]));
        for (var i = 0; i < (shared ? Math.Min(1, schemas.Count) : schemas.Count); i++)
        {
            if (schemas[i] is { } schema)
            {
                Walk(schema, CustomSchemas.Root(schema), shared ? "spec.validation.openAPIV3Schema" : $"spec.versions[{i}].schema.openAPIV3Schema", null, errors);
            }
        }
    }

    /// <param name="openApi">The schema as written.</param>
    /// <param name="schema">The same, parsed.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="uncorrelated">The list above whose items cannot be told apart from one write to the next; null: none.</param>
    /// <param name="errors">Takes what is wrong.</param>
    private static void Walk(JsonObject openApi, Schema schema, string path, string? uncorrelated, FieldErrors errors)
    {
        var i = 0;
        foreach (var rule in openApi.Items("x-kubernetes-validations"))
        {
            Rule(rule, schema, $"{path}.x-kubernetes-validations[{i++}]", uncorrelated, errors);
        }
        foreach (var (name, property) in openApi.Object("properties") ?? [])
        {
            if (property is JsonObject member && schema.Fields.TryGetValue(name, out var field))
            {
                Walk(member, field.Schema.Constraints is null ? CustomSchemas.Part(member) : field.Schema, $"{path}.properties[{name}]", uncorrelated, errors);
            }
        }
        if (openApi.Object("additionalProperties") is { } values && schema.Additional is { } additional)
        {
            Walk(values, additional.Value, $"{path}.additionalProperties", uncorrelated, errors);
        }
        if (openApi.Object("items") is { } items && schema.Items is { } item)
        {
            Walk(items, item.Value, $"{path}.items", schema.ListType == ListType.Map ? uncorrelated : uncorrelated ?? path, errors);
        }
    }

    private static void Rule(JsonObject rule, Schema schema, string path, string? uncorrelated, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(rule.Text("rule")))
        {
            errors.Required($"{path}.rule", "rule is not specified");
            return;
        }
        if (rule.Text("message") is { } message && (message.Contains('\n') || message.Trim().Length == 0))
        {
            errors.Invalid($"{path}.message", message, message.Contains('\n') ? "message must not contain line breaks" : "message must be non-empty if specified");
        }
        if (rule.Text("reason") is { } reason && !Reasons.Contains(reason))
        {
            errors.NotSupported($"{path}.reason", reason, Reasons);
        }
        try
        {
            Compile(rule, schema, path, uncorrelated, errors);
        }
        catch (CelSyntaxException e)
        {
            errors.Invalid($"{path}.rule", rule.DeepClone(), $"compilation failed: {e.Message}");
        }
    }

    private static void Compile(JsonObject rule, Schema schema, string path, string? uncorrelated, FieldErrors errors)
    {
        var text = rule.Text("rule")!;
        var expression = Parser.Parse(text);
        var self = SchemaShape.Of(schema);
        var optionalOld = rule.Flag("optionalOldSelf");
        var variables = new Dictionary<string, Shape> { ["self"] = self, ["oldSelf"] = optionalOld == true ? Shape.Dyn : self };
        if (new Checker(text).Check(expression, variables).Name is not ("bool" or "dyn"))
        {
            errors.Invalid($"{path}.rule", rule.DeepClone(), "cel expression must evaluate to a bool");
        }
        var usesOld = Names.Free(expression).Contains("oldSelf");
        if (usesOld && uncorrelated is not null)
        {
            errors.Invalid($"{path}.rule", text, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {uncorrelated}");
        }
        if (!usesOld && optionalOld is not null)
        {
            errors.Invalid($"{path}.optionalOldSelf", optionalOld, "may not be set if oldSelf is not used in rule");
        }
        if (rule.Text("messageExpression") is { Length: > 0 } message)
        {
            MessageExpression(rule, message, variables, path, errors);
        }
    }

    private static void MessageExpression(JsonObject rule, string message, Dictionary<string, Shape> variables, string path, FieldErrors errors)
    {
        try
        {
            if (new Checker(message).Check(Parser.Parse(message), variables).Name is not ("string" or "dyn"))
            {
                errors.Invalid($"{path}.messageExpression", rule.DeepClone(), "messageExpression must evaluate to a string");
            }
        }
        catch (CelSyntaxException e)
        {
            errors.Invalid($"{path}.messageExpression", rule.DeepClone(), $"messageExpression compilation failed: {e.Message}");
        }
    }
}
