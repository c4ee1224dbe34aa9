using System.Text.Json.Nodes;
using Kubernetes.Api.Admission.Webhooks;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Schemas.Rules;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Evaluation;
using Kubernetes.Cel.Values;

namespace Kubernetes.Api.Admission.Expressions;

/// <summary>The variables of an admission expression: object, oldObject, request, namespaceObject and authorizer (apiserver admission/plugin/cel/activation.go).</summary>
internal static class AdmissionScope
{
    /// <param name="api">For the authorizer.</param>
    /// <param name="attributes">The write.</param>
    /// <param name="seen">The version in which it is looked at.</param>
    /// <param name="namespaceObject">Its namespace; null: it has none, or it is not told.</param>
    public static Scope Of(ApiContext api, AdmissionAttributes attributes, ResourceInfo seen, JsonObject? namespaceObject)
    {
        var review = WebhookReview.Request(attributes, seen, "").Sub("request");
        var (document, old) = (review["object"], review["oldObject"]);
        review.Remove("object");
        review.Remove("oldObject");
        review.Remove("uid");
        return new Scope(null, "object", SchemaValue.Of(document, null))
            .With("oldObject", SchemaValue.Of(old, null))
            .With("request", SchemaValue.Of(review, null))
            .With("namespaceObject", SchemaValue.Of(namespaceObject, null))
            .With("authorizer", Authorizer(api.Authorizer, attributes.Request));
    }

    private static AccessCheck Authorizer(RbacAuthorizer authorizer, WriteRequest request)
    {
        AccessAnswer Ask(AccessQuestion question, string verb)
        {
            var user = question.ServiceAccount is { } account ? UserInfo.ServiceAccount(account.Namespace, account.Name) : request.User;
            var asked = question.Subresource.Length == 0 ? question.Resource : $"{question.Resource}/{question.Subresource}";
            var decision = authorizer.Decide(new AccessAttributes(user, verb, question.Group, asked, question.Namespace, question.Name) { Path = question.Path });
            return new AccessAnswer(decision.Allowed, decision.Reason);
        }
        return new AccessCheck("Authorizer", new AccessQuestion(), Ask)
        {
            RequestResource = new AccessQuestion
            {
                Group = request.Resource.Group, Resource = request.Resource.Plural, Subresource = request.Subresource ?? "", Name = request.Name,
                Namespace = request.Resource.Namespaced ? request.Namespace : "",
            },
        };
    }
}
