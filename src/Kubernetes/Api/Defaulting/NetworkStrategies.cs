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

    public static ResourceStrategy StorageClass { get; } = new()
    {
        ReturnsDeletedObject = true,
        Default = storage =>
        {
            storage.Default("reclaimPolicy", "Delete");
            storage.Default("volumeBindingMode", "Immediate");
        },
    };

    public static ResourceStrategy Webhooks { get; } = new() { HasGeneration = true, Default = DefaultWebhooks };

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
