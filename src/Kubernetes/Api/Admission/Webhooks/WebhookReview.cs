using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Webhooks;

/// <summary>The admission/v1 AdmissionReview that a webhook is asked with.</summary>
internal static class WebhookReview
{
    public static JsonObject Request(AdmissionAttributes attributes, string uid)
    {
        var request = attributes.Request;
        var resource = request.Resource;
        var kind = new JsonObject { ["group"] = resource.Group, ["version"] = resource.Version, ["kind"] = resource.Kind };
        var named = new JsonObject { ["group"] = resource.Group, ["version"] = resource.Version, ["resource"] = resource.Plural };
        var body = new JsonObject
        {
            ["uid"] = uid,
            ["kind"] = kind,
            ["resource"] = named,
            ["requestKind"] = kind.DeepClone(),
            ["requestResource"] = named.DeepClone(),
            ["name"] = request.Name,
            ["operation"] = attributes.Operation,
            ["userInfo"] = new JsonObject
            {
                ["username"] = request.User.Name, ["groups"] = new JsonArray([.. request.User.Groups.Select(group => (JsonNode)group)]),
            },
            ["object"] = View(attributes, attributes.Object),
            ["oldObject"] = View(attributes, attributes.OldObject),
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

    private static JsonObject? View(AdmissionAttributes attributes, JsonObject? stored)
    {
        var copy = (JsonObject?)stored?.DeepClone();
        return copy is null ? null : attributes.Request.Resource.FromStorage?.Invoke(copy) ?? copy;
    }
}
