using System.Text.Json.Nodes;
using Kubernetes.Api.Admission.Expressions;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Webhooks;

/// <summary>One webhook of a configuration.</summary>
internal sealed record Webhook(string Name, bool FailOnError, TimeSpan Timeout, MatchResources Resources, JsonObject Configuration)
{
    public static Webhook From(JsonObject webhook) => new(
        webhook.Text("name") ?? "",
        webhook.Text("failurePolicy") != "Ignore",
        TimeSpan.FromSeconds(webhook.Number("timeoutSeconds") ?? 10),
        MatchResources.OfWebhook(webhook),
        webhook);

    /// <summary>What it wants to be true of the write, beyond its rules and selectors.</summary>
    public MatchConditions Conditions { get; } = MatchConditions.From(Configuration.Items("matchConditions"));

    /// <summary>Whether it is called again when a later webhook changed what it saw.</summary>
    public bool IsReinvocable => Configuration.Text("reinvocationPolicy") == "IfNeeded";
}
