using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Webhooks;

/// <summary>The admission/v1 AdmissionReview that a webhook is asked with.</summary>
internal static class WebhookReview
{
    /// <param name="attributes">The write.</param>
    /// <param name="resource">The version in which the webhook wants to see it.</param>
    /// <param name="uid">Of this question.</param>
    public static JsonObject Request(AdmissionAttributes attributes, ResourceInfo resource, string uid)
    {
        var request = attributes.Request;
        var body = new JsonObject
        {
            ["uid"] = uid,
            ["kind"] = Kind(resource),
            ["resource"] = Named(resource),
            ["requestKind"] = Kind(request.Resource),
            ["requestResource"] = Named(request.Resource),
            ["name"] = request.Name,
            ["operation"] = attributes.Operation,
            ["userInfo"] = new JsonObject
            {
                ["username"] = request.User.Name, ["groups"] = new JsonArray([.. request.User.Groups.Select(group => (JsonNode)group)]),
            },
            ["object"] = View(resource, attributes.Object),
            ["oldObject"] = View(resource, attributes.OldObject),
            ["dryRun"] = request.DryRun,
            ["options"] = null,
        };
        if (resource.Namespaced)
        {
            body["namespace"] = request.Namespace;
        }
        if (request.Subresource is { Length: > 0 } subresource)
        {
            body["subResource"] = subresource;
            body["requestSubResource"] = subresource;
        }
        return new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = "admission.k8s.io/v1", ["request"] = body };
    }

    private static JsonObject Kind(ResourceInfo resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["kind"] = resource.Kind };

    private static JsonObject Named(ResourceInfo resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["resource"] = resource.Plural };

    private static JsonObject? View(ResourceInfo resource, JsonObject? stored)
    {
        var copy = (JsonObject?)stored?.DeepClone();
        return copy is null ? null : resource.FromStorage?.Invoke(copy) ?? copy;
    }
}
