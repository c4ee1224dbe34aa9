using System.Text.Json.Nodes;
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

    /// <param name="attributes">The write.</param>
    /// <param name="namespaceLabels">Of its namespace; null for cluster-scoped objects.</param>
    public bool Matches(AdmissionAttributes attributes, JsonObject? namespaceLabels) =>
        Rules.Any(rule => rule.Matches(attributes))
        && (namespaceLabels is null || Selects("namespaceSelector", namespaceLabels))
        && (Selects("objectSelector", attributes.Object.Object("metadata", "labels")) || Selects("objectSelector", attributes.OldObject.Object("metadata", "labels")));

    private bool Selects(string selector, JsonObject? labels) =>
        Configuration.Object(selector) is not { } wanted || LabelSelectors.Matches(wanted, labels);
}
