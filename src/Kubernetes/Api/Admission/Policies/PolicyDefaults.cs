using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Policies;

/// <summary>kubernetes pkg/apis/admissionregistration/v1/defaults.go</summary>
internal static class PolicyDefaults
{
    public static void Policy(JsonObject policy)
    {
        var spec = policy.Sub("spec");
        spec.Default("failurePolicy", "Fail");
        Match(spec.Object("matchConstraints"));
    }

    public static void Binding(JsonObject binding)
    {
        var spec = binding.Sub("spec");
        Match(spec.Object("matchResources"));
    }

    private static void Match(JsonObject? match)
    {
        if (match is null)
        {
            return;
        }
        match.Default("matchPolicy", "Equivalent");
        match.Sub("namespaceSelector");
        match.Sub("objectSelector");
        foreach (var rule in match.Items("resourceRules").Concat(match.Items("excludeResourceRules")))
        {
            rule.Default("scope", "*");
        }
    }
}
