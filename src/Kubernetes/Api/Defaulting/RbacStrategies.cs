using System.Text.Json.Nodes;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Roles and their bindings (kubernetes pkg/apis/rbac defaults and validation).</summary>
internal static class RbacStrategies
{
    public static ResourceStrategy Role { get; } = new()
    {
        Names = NameRule.PathSegment, AllowCreateOnUpdate = true, Validate = (role, errors) => Rules(role, errors, namespaced: true),
    };

    public static ResourceStrategy ClusterRole { get; } = Role with { Validate = (role, errors) => Rules(role, errors, namespaced: false) };

    public static ResourceStrategy RoleBinding { get; } = new()
    {
        Names = NameRule.PathSegment,
        AllowCreateOnUpdate = true,
        Default = Default,
        Validate = (binding, errors) => Binding(binding, errors, namespaced: true),
        ValidateUpdate = Immutable,
    };

    public static ResourceStrategy ClusterRoleBinding { get; } = RoleBinding with { Validate = (binding, errors) => Binding(binding, errors, namespaced: false) };

    private static void Default(JsonObject binding)
    {
        if (binding.Object("roleRef") is { } role && string.IsNullOrEmpty(role.Text("apiGroup")))
        {
            role["apiGroup"] = RbacIndex.Group;
        }
        foreach (var subject in binding.Items("subjects").Where(subject => subject.Text("kind") is "User" or "Group"))
        {
            if (string.IsNullOrEmpty(subject.Text("apiGroup")))
            {
                subject["apiGroup"] = RbacIndex.Group;
            }
        }
    }

    private static void Rules(JsonObject role, FieldErrors errors, bool namespaced)
    {
        var at = 0;
        foreach (var rule in role.Items("rules"))
        {
            var path = $"rules[{at++}]";
            Rule(rule, path, errors, namespaced);
        }
    }

    private static void Rule(JsonObject rule, string path, FieldErrors errors, bool namespaced)
    {
        bool Has(string member) => rule.Array(member) is { Count: > 0 };
        if (!Has("verbs"))
        {
            errors.Required($"{path}.verbs", "verbs must contain at least one value");
        }
        if (Has("nonResourceURLs"))
        {
            if (namespaced)
            {
                errors.Invalid($"{path}.nonResourceURLs", rule["nonResourceURLs"], "namespaced rules cannot apply to non-resource URLs");
            }
            if (Has("apiGroups") || Has("resources") || Has("resourceNames"))
            {
                errors.Invalid($"{path}.nonResourceURLs", rule["nonResourceURLs"], "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (!Has("apiGroups"))
        {
            errors.Required($"{path}.apiGroups", "resource rules must supply at least one api group");
        }
        if (!Has("resources"))
        {
            errors.Required($"{path}.resources", "resource rules must supply at least one resource");
        }
    }

    private static void Binding(JsonObject binding, FieldErrors errors, bool namespaced)
    {
        var role = binding.Object("roleRef");
        if (role.Text("apiGroup") != RbacIndex.Group)
        {
            errors.NotSupported("roleRef.apiGroup", role.Text("apiGroup") ?? "", RbacIndex.Group);
        }
        string[] kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
        if (!kinds.Contains(role.Text("kind")))
        {
            errors.NotSupported("roleRef.kind", role.Text("kind") ?? "", kinds);
        }
        if (string.IsNullOrEmpty(role.Text("name")))
        {
            errors.Required("roleRef.name");
        }
        var at = 0;
        foreach (var subject in binding.Items("subjects"))
        {
            Subject(subject, $"subjects[{at++}]", errors, namespaced);
        }
    }

    private static void Subject(JsonObject subject, string path, FieldErrors errors, bool namespaced)
    {
        if (string.IsNullOrEmpty(subject.Text("name")))
        {
            errors.Required($"{path}.name");
        }
        var group = subject.Text("apiGroup") ?? "";
        switch (subject.Text("kind"))
        {
            case "ServiceAccount":
                if (group.Length > 0)
                {
                    errors.NotSupported($"{path}.apiGroup", group, "");
                }
                if (!namespaced && string.IsNullOrEmpty(subject.Text("namespace")))
                {
                    errors.Required($"{path}.namespace");
                }
                break;
            case "User" or "Group":
                if (group != RbacIndex.Group)
                {
                    errors.NotSupported($"{path}.apiGroup", group, RbacIndex.Group);
                }
                break;
            default:
                errors.NotSupported($"{path}.kind", subject.Text("kind") ?? "", "ServiceAccount", "User", "Group");
                break;
        }
    }

    private static void Immutable(JsonObject binding, JsonObject old, FieldErrors errors)
    {
        if (!binding["roleRef"].SameAs(old["roleRef"]))
        {
            errors.Invalid("roleRef", binding["roleRef"], "cannot change roleRef");
        }
    }
}
