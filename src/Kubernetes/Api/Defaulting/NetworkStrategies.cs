using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Ingresses, storage classes and webhook configurations.</summary>
internal static class NetworkStrategies
{
    public static ResourceStrategy Ingress { get; } = new()
    {
        HasGeneration = true,
        PrepareForCreate = ingress => ingress["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
        Validate = NetworkValidation.Ingress,
    };

    public static ResourceStrategy NetworkPolicy { get; } = new() { HasGeneration = true, Default = DefaultPolicy, Validate = NetworkValidation.NetworkPolicy };

    public static ResourceStrategy Endpoints { get; } = new()
    {
        AllowCreateOnUpdate = true,
        Default = endpoints => DefaultProtocols(endpoints.Items("subsets")),
    };

    public static ResourceStrategy EndpointSlice { get; } = new()
    {
        HasGeneration = true,
        Default = slice =>
        {
            DefaultProtocols([slice]);
            foreach (var port in slice.Items("ports"))
            {
                port.Default("name", "");
            }
        },
    };

    public static ResourceStrategy StorageClass { get; } = new()
    {
        ReturnsDeletedObject = true,
        Default = storage =>
        {
            storage.Default("reclaimPolicy", "Delete");
            storage.Default("volumeBindingMode", "Immediate");
        },
    };

    public static ResourceStrategy Webhooks { get; } = new() { HasGeneration = true, Default = DefaultWebhooks, Validate = MatchConditionValidation.CheckWebhooks };

    private static void DefaultPolicy(JsonObject policy)
    {
        var spec = policy.Sub("spec");
        DefaultProtocols(spec.Items("ingress").Concat(spec.Items("egress")));
        spec.Default("policyTypes", spec.Array("egress") is { Count: > 0 } ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress"));
    }

    private static void DefaultProtocols(IEnumerable<JsonObject> owners)
    {
        foreach (var port in owners.SelectMany(owner => owner.Items("ports")))
        {
            port.Default("protocol", "TCP");
        }
    }

    private static void DefaultWebhooks(JsonObject configuration)
    {
        var mutating = configuration.Text("kind") == "MutatingWebhookConfiguration";
        foreach (var webhook in configuration.Items("webhooks"))
        {
            webhook.Default("failurePolicy", "Fail");
            webhook.Default("matchPolicy", "Equivalent");
            webhook.Default("timeoutSeconds", 10);
            webhook.Sub("namespaceSelector");
            webhook.Sub("objectSelector");
            if (mutating)
            {
                webhook.Default("reinvocationPolicy", "Never");
            }
            webhook.Object("clientConfig", "service")?.Default("port", 443);
            foreach (var rule in webhook.Items("rules"))
            {
                rule.Default("scope", "*");
            }
        }
    }
}
