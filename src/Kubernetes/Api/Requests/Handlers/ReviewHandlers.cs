using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>Kinds that are asked, not stored: token and access reviews, service account tokens.</summary>
internal sealed class ReviewHandlers(ApiContext api)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    public static bool Handles(ApiRequest request) => request.Resource.Group is "authentication.k8s.io" or "authorization.k8s.io";

    public async Task ReviewAsync(ApiRequest request)
    {
        var review = await BodyReader.ObjectAsync(request);
        BodyReader.CheckName(request, review, null);
        review["status"] = request.Resource.Kind switch
        {
            "TokenReview" => Token(review),
            "SelfSubjectReview" => new JsonObject { ["userInfo"] = Describe(request.User) },
            "SelfSubjectRulesReview" => Rules(request.User, review.Text("spec", "namespace") ?? ""),
            _ => Access(request, review),
        };
        var metadata = review.Sub("metadata");
        metadata["creationTimestamp"] = Metadata.Timestamp(api.Time.GetUtcNow());
        Metadata.Normalize(metadata);
        await Answer.JsonAsync(request.Http, 201, review);
    }

    /// <summary>POST serviceaccounts/NAME/token</summary>
    public async Task IssueTokenAsync(ApiRequest request)
    {
        var sent = await BodyReader.ObjectAsync(request, "authentication.k8s.io/v1", "TokenRequest");
        var name = request.Info.Name!;
        var account = api.Store.Find(request.Resource.Key(request.Info.Namespace!, name)) ?? throw StatusErrors.NotFound(request.Resource, name);
        var seconds = sent.Number("spec", "expirationSeconds");
        var lifetime = seconds is { } wanted ? TimeSpan.FromSeconds(wanted) : TokenLifetime;
        var uid = Metadata.Tree(account.Value).Text("metadata", "uid") ?? "";
        var spec = sent.Sub("spec");
        spec["expirationSeconds"] = (long)lifetime.TotalSeconds;
        spec.Default("audiences", new JsonArray("https://kubernetes.default.svc"));
        sent["status"] = new JsonObject
        {
            ["token"] = api.Tokens.Issue(request.Info.Namespace!, name, uid, lifetime),
            ["expirationTimestamp"] = Metadata.Timestamp(api.Time.GetUtcNow() + lifetime),
        };
        var metadata = sent.Sub("metadata");
        metadata["name"] = name;
        metadata["namespace"] = request.Info.Namespace;
        metadata["creationTimestamp"] = Metadata.Timestamp(api.Time.GetUtcNow());
        await Answer.JsonAsync(request.Http, 201, sent);
    }

    private JsonObject Token(JsonObject review)
    {
        if (api.Authenticator.Check(review.Text("spec", "token") ?? "") is not { } user)
        {
            return new JsonObject { ["user"] = new JsonObject(), ["error"] = "[invalid bearer token]" };
        }
        return new JsonObject
        {
            ["authenticated"] = true,
            ["user"] = Describe(user),
            ["audiences"] = new JsonArray("https://kubernetes.default.svc"),
        };
    }

    /// <summary>Self reviews ask for the caller, the others for the user they name.</summary>
    private JsonObject Access(ApiRequest request, JsonObject review)
    {
        var spec = review["spec"];
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
        return new JsonObject { ["allowed"] = api.Authorizer.Allows(asked) };
    }

    private JsonObject Rules(UserInfo user, string @namespace)
    {
        var rules = api.Authorizer.RulesOf(user, @namespace).ToLookup(rule => rule.Paths.Length > 0, rule => (JsonNode)rule.ToJson());
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. rules[false]]), ["nonResourceRules"] = new JsonArray([.. rules[true]]), ["incomplete"] = false,
        };
    }

    private static JsonObject Describe(UserInfo user)
    {
        var described = new JsonObject
        {
            ["username"] = user.Name,
            ["groups"] = new JsonArray([.. user.Groups.Select(group => (JsonNode)group)]),
        };
        if (user.Uid.Length > 0)
        {
            described["uid"] = user.Uid;
        }
        return described;
    }
}
