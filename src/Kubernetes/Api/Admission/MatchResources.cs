using System.Text.Json.Nodes;
using Kubernetes.Api.Admission.Webhooks;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>
/// Which writes a webhook, a policy or a binding is for: rules for resources, selectors for namespaces and objects (apiserver
/// admission/plugin/policy/matching, admission/plugin/webhook/predicates).
/// </summary>
/// <param name="Rules">One of which has to match.</param>
/// <param name="Excluded">None of which may match.</param>
/// <param name="Selectors">Where namespaceSelector, objectSelector and matchPolicy stand.</param>
internal sealed record MatchResources(IReadOnlyList<WebhookRule> Rules, IReadOnlyList<WebhookRule> Excluded, JsonObject Selectors)
{
    public static MatchResources OfWebhook(JsonObject webhook) => new([.. webhook.Items("rules").Select(WebhookRule.From)], [], webhook);

    public static MatchResources OfPolicy(JsonObject match) =>
        new([.. match.Items("resourceRules").Select(WebhookRule.From)], [.. match.Items("excludeResourceRules").Select(WebhookRule.From)], match);

    /// <param name="attributes">The write.</param>
    /// <param name="surroundings">What is known of where it happens.</param>
    /// <returns>The version of the resource that is looked at; null: it does not match.</returns>
    public ResourceInfo? Match(AdmissionAttributes attributes, AdmissionSurroundings surroundings) =>
        Seen(Excluded, attributes, surroundings) is null && Seen(Rules, attributes, surroundings) is { } seen && Selected(attributes, surroundings) ? seen : null;

    /// <summary>The selectors alone, and what is excluded: where no rules mean every resource.</summary>
    public bool MatchesAny(AdmissionAttributes attributes, AdmissionSurroundings surroundings) =>
        Rules.Count > 0 ? Match(attributes, surroundings) is not null : Seen(Excluded, attributes, surroundings) is null && Selected(attributes, surroundings);

    private ResourceInfo? Seen(IReadOnlyList<WebhookRule> rules, AdmissionAttributes attributes, AdmissionSurroundings surroundings)
    {
        var resource = attributes.Request.Resource;
        return rules.Any(rule => rule.Matches(attributes, resource)) ? resource
            : Selectors.Text("matchPolicy") != "Exact" ? surroundings.Versions.FirstOrDefault(other => rules.Any(rule => rule.Matches(attributes, other))) : null;
    }

    private bool Selected(AdmissionAttributes attributes, AdmissionSurroundings surroundings) =>
        (surroundings.NamespaceLabels is not { } labels || Selects("namespaceSelector", labels)) && (SelectsObject(attributes.Object) || SelectsObject(attributes.OldObject));

    private bool SelectsObject(JsonObject? document) => document is not null && Selects("objectSelector", document.Object("metadata", "labels"));

    private bool Selects(string selector, JsonObject? labels) => Selectors.Object(selector) is not { } wanted || LabelSelectors.Matches(wanted, labels);
}
