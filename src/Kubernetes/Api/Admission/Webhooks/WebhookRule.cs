using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Webhooks;

/// <summary>Which requests a webhook or a policy is for; names only policies give (apiserver admission/plugin/webhook/predicates/rules).</summary>
internal sealed record WebhookRule(string[] Operations, string[] Groups, string[] Versions, string[] Resources, string Scope, string[] Names)
{
    public static WebhookRule From(JsonObject rule) => new(
        [.. rule.Texts("operations")], [.. rule.Texts("apiGroups")], [.. rule.Texts("apiVersions")], [.. rule.Texts("resources")], rule.Text("scope") ?? "*", [.. rule.Texts("resourceNames")]);

    /// <param name="attributes">The write.</param>
    /// <param name="resource">What is written, in the version it is looked at in.</param>
    public bool Matches(AdmissionAttributes attributes, ResourceInfo resource)
    {
        return Has(Operations, attributes.Operation) && Has(Groups, resource.Group) && Has(Versions, resource.Version)
            && Resources.Any(pattern => MatchesResource(pattern, resource.Plural, attributes.Request.Subresource ?? ""))
            && (Scope == "*" || Scope == (resource.Namespaced ? "Namespaced" : "Cluster")) && (Names.Length == 0 || Names.Contains(attributes.Request.Name));
    }

    private static bool Has(string[] allowed, string value) => allowed.Contains("*") || allowed.Contains(value);

    private static bool MatchesResource(string pattern, string plural, string subresource)
    {
        var parts = pattern.Split('/');
        var (resource, sub) = (parts[0], parts.Length > 1 ? parts[1] : "");
        return (resource == "*" || resource == plural) && (sub == subresource || (sub == "*" && parts.Length > 1));
    }
}
