using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Which writes policies and bindings are for (kubernetes pkg/apis/admissionregistration/validation).</summary>
internal static class MatchResourcesValidation
{
    private static readonly string[] Operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
    private static readonly string[] Scopes = ["*", "Cluster", "Namespaced"];

    public static void Check(JsonObject match, string path, FieldErrors errors)
    {
        if (match.Text("matchPolicy") is { } policy and not ("Equivalent" or "Exact"))
        {
            errors.NotSupported($"{path}.matchPolicy", policy, "Equivalent", "Exact");
        }
        foreach (var list in (string[])["resourceRules", "excludeResourceRules"])
        {
            var i = 0;
            foreach (var rule in match.Items(list))
            {
                Rule(rule, $"{path}.{list}[{i++}]", errors);
            }
        }
    }

    private static void Rule(JsonObject rule, string path, FieldErrors errors)
    {
        var names = rule.Texts("resourceNames").ToList();
        for (var i = 0; i < names.Count; i++)
        {
            if (Names.Problem(NameRule.PathSegment, names[i]) is { } problem)
            {
                errors.Invalid($"{path}.resourceNames[{i}]", names[i], problem);
            }
            if (names.IndexOf(names[i]) < i)
            {
                errors.Duplicate($"{path}.resourceNames[{i}]", names[i]);
            }
        }
        var operations = List(rule, "operations", "operations", path, errors);
        for (var i = 0; i < operations.Count; i++)
        {
            if (!Operations.Contains(operations[i]))
            {
                errors.NotSupported($"{path}.operations[{i}]", operations[i], Operations);
            }
        }
        List(rule, "apiGroups", "API groups", path, errors);
        NotEmpty(List(rule, "apiVersions", "API versions", path, errors), $"{path}.apiVersions", errors);
        var resources = rule.Texts("resources").ToList();
        if (resources.Count == 0)
        {
            errors.Required($"{path}.resources");
        }
        NotEmpty(resources, $"{path}.resources", errors);
        if (resources.Count > 1 && resources.Contains("*/*"))
        {
            errors.Invalid($"{path}.resources", rule["resources"], "if '*/*' is present, must not specify other resources");
        }
        if (resources.Contains("*") && resources.Any(resource => resource is not ("*" or "") && !resource.Contains('/')))
        {
            errors.Invalid($"{path}.resources", rule["resources"], "if '*' is present, must not specify other resources without subresources");
        }
        if (rule.Text("scope") is { } scope && !Scopes.Contains(scope))
        {
            errors.NotSupported($"{path}.scope", scope, Scopes);
        }
    }

    private static List<string> List(JsonObject rule, string field, string what, string path, FieldErrors errors)
    {
        var values = rule.Texts(field).ToList();
        if (values.Count == 0)
        {
            errors.Required($"{path}.{field}");
        }
        if (values.Count > 1 && values.Contains("*"))
        {
            errors.Invalid($"{path}.{field}", rule[field], $"if '*' is present, must not specify other {what}");
        }
        return values;
    }

    private static void NotEmpty(List<string> values, string path, FieldErrors errors)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Length == 0)
            {
                errors.Required($"{path}[{i}]");
            }
        }
    }
}
