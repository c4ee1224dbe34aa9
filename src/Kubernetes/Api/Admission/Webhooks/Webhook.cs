using System.Text.Json.Nodes;
using Kubernetes.Api.Admission.Expressions;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Webhooks;

/// <summary>One webhook of a configuration.</summary>
internal sealed record Webhook(string Name, bool FailOnError, TimeSpan Timeout, IReadOnlyList<WebhookRule> Rules, JsonObject Configuration)
{
    public static Webhook From(JsonObject webhook) => new(
        webhook.Text("name") ?? "",
        webhook.Text("failurePolicy") != "Ignore",
        TimeSpan.FromSeconds(webhook.Number("timeoutSeconds") ?? 10),
        [.. webhook.Items("rules").Select(WebhookRule.From)],
        webhook);

    /// <summary>What it wants to be true of the write, beyond its rules and selectors.</summary>
    public MatchConditions Conditions { get; } = MatchConditions.From(Configuration.Items("matchConditions"));

    /// <summary>Whether it is called again when a later webhook changed what it saw.</summary>
    public bool IsReinvocable => Configuration.Text("reinvocationPolicy") == "IfNeeded";

    /// <param name="attributes">The write.</param>
    /// <param name="versions">The other versions in which the same object is served.</param>
    /// <param name="namespaceLabels">Of its namespace; null for cluster-scoped objects.</param>
    /// <returns>The version of the resource that the webhook is to see; null: it is not asked.</returns>
    public ResourceInfo? Match(AdmissionAttributes attributes, IEnumerable<ResourceInfo> versions, JsonObject? namespaceLabels)
    {
        var resource = attributes.Request.Resource;
        var seen = Rules.Any(rule => rule.Matches(attributes, resource)) ? resource
            : Configuration.Text("matchPolicy") != "Exact" ? versions.FirstOrDefault(other => Rules.Any(rule => rule.Matches(attributes, other))) : null;
        return seen is not null && (namespaceLabels is null || Selects("namespaceSelector", namespaceLabels))
            && (SelectsObject(attributes.Object) || SelectsObject(attributes.OldObject)) ? seen : null;
    }

    private bool SelectsObject(JsonObject? document) => document is not null && Selects("objectSelector", document.Object("metadata", "labels"));

    private bool Selects(string selector, JsonObject? labels) =>
        Configuration.Object(selector) is not { } wanted || LabelSelectors.Matches(wanted, labels);
}
