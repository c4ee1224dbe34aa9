using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>Kinds that are asked, not stored: token and access reviews.</summary>
internal sealed class ReviewHandlers(ApiContext api)
{
    public static bool Handles(ApiRequest request) => request.Resource.Group is "authentication.k8s.io" or "authorization.k8s.io";

    public async Task ReviewAsync(ApiRequest request)
    {
        var review = await BodyReader.ObjectAsync(request);
        BodyReader.CheckName(request, review, null);
        review["status"] = request.Resource.Kind switch
        {
            "TokenReview" => Token(review),
            "SelfSubjectReview" => new JsonObject { ["userInfo"] = request.User.ToJson() },
            "SelfSubjectRulesReview" => Rules(request.User, review.Text("spec", "namespace") ?? ""),
            _ => Access(request, review),
        };
        var metadata = review.Sub("metadata");
        if (request.Resource.Kind == "SelfSubjectReview")
        {
            metadata["creationTimestamp"] = Metadata.Timestamp(api.Time.GetUtcNow());
        }
        Metadata.Normalize(metadata);
        await Answer.ObjectAsync(request, 201, review);
    }

    private JsonObject Token(JsonObject review)
    {
        if (review.Text("spec", "token") is not { Length: > 0 } token)
        {
            throw StatusErrors.BadRequest("token is required for TokenReview in authentication");
        }
        if (api.Authenticator.Check(token, [.. review.Texts("spec", "audiences")]) is not { } found)
        {
            return new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" };
        }
        return new JsonObject
        {
            ["authenticated"] = true,
            ["user"] = found.User.ToJson(),
            ["audiences"] = new JsonArray([.. found.Audiences.Select(audience => (JsonNode)audience)]),
        };
    }

    /// <summary>Self reviews ask for the caller, the others for the user they name.</summary>
    private JsonObject Access(ApiRequest request, JsonObject review)
    {
        var spec = review.Sub("spec");
        CheckAccess(request, spec);
        var user = request.Resource.Kind == "SelfSubjectAccessReview"
            ? request.User
            : new UserInfo(spec.Text("user") ?? "", [.. spec.Texts("groups")], spec.Text("uid") ?? "");
        var resource = spec.Object("resourceAttributes");
        var subresource = resource.Text("subresource");
        var asked = resource is null
            ? new AccessAttributes(user, spec.Text("nonResourceAttributes", "verb") ?? "", "", "", "", "") { Path = spec.Text("nonResourceAttributes", "path") ?? "" }
            : new AccessAttributes(
                user, resource.Text("verb") ?? "", resource.Text("group") ?? "",
                string.IsNullOrEmpty(subresource) ? resource.Text("resource") ?? "" : $"{resource.Text("resource")}/{subresource}",
                resource.Text("namespace") ?? "", resource.Text("name") ?? "");
        var decision = api.Authorizer.Decide(asked);
        var status = new JsonObject { ["allowed"] = decision.Allowed };
        if (decision.Reason.Length > 0)
        {
            status["reason"] = decision.Reason;
        }
        return status;
    }

    /// <summary>kubernetes pkg/apis/authorization/validation</summary>
    private static void CheckAccess(ApiRequest request, JsonObject spec)
    {
        var kind = request.Resource.Kind;
        var errors = new FieldErrors();
        var (resource, path) = (spec.Object("resourceAttributes"), spec.Object("nonResourceAttributes"));
        if (resource is not null && path is not null)
        {
            errors.Invalid("spec.nonResourceAttributes", path, "cannot be specified in combination with resourceAttributes");
        }
        if (resource is null && path is null)
        {
            errors.Invalid("spec.resourceAttributes", null, "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        if (kind != "SelfSubjectAccessReview" && string.IsNullOrEmpty(spec.Text("user")) && spec.Array("groups") is not { Count: > 0 })
        {
            errors.Invalid("spec.user", spec.Text("user") ?? "", "at least one of user or group must be specified");
        }
        if (kind == "LocalSubjectAccessReview" && path is not null)
        {
            errors.Invalid("spec.nonResourceAttributes", path, "disallowed on this kind of request");
        }
        if (kind == "LocalSubjectAccessReview" && resource is not null && (resource.Text("namespace") ?? "") != request.Info.Namespace)
        {
            errors.Invalid("spec.resourceAttributes.namespace", resource.Text("namespace") ?? "", "must match metadata.namespace");
        }
        if (errors.Any)
        {
            throw errors.ToException(request.Resource.Group, "", ""); // upstream names no kind here
        }
    }

    private JsonObject Rules(UserInfo user, string @namespace)
    {
        if (@namespace.Length == 0)
        {
            throw StatusErrors.BadRequest("no namespace on request");
        }
        var rules = api.Authorizer.RulesOf(user, @namespace).ToLookup(rule => rule.Paths.Length > 0, rule => (JsonNode)rule.ToJson());
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. rules[false]]), ["nonResourceRules"] = new JsonArray([.. rules[true]]), ["incomplete"] = false,
        };
    }
}
