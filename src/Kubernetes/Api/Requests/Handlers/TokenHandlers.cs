using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>POST serviceaccounts/NAME/token (kubernetes pkg/registry/core/serviceaccount/storage/token.go).</summary>
internal sealed class TokenHandlers(ApiContext api)
{
    private const long SecondsMin = 600;
    private const long SecondsMax = 1L << 32;
    private const long SecondsDefault = 3600;

    public async Task IssueAsync(ApiRequest request)
    {
        var sent = await BodyReader.ObjectAsync(request, "authentication.k8s.io/v1", "TokenRequest");
        var (space, name) = (request.Info.Namespace!, request.Info.Name!);
        var uid = api.Accounts.UidOf("serviceaccounts", space, name) ?? throw StatusErrors.NotFound(request.Resource, name);
        BodyReader.CheckName(request, sent, name);
        var spec = sent.Sub("spec");
        spec.Default("expirationSeconds", SecondsDefault);
        if (spec.Array("audiences") is not { Count: > 0 })
        {
            spec["audiences"] = new JsonArray(TokenClaims.DefaultAudience);
        }
        Validate(spec);
        var lifetime = TimeSpan.FromSeconds(spec.Number("expirationSeconds")!.Value);
        var claims = new TokenClaims(space, name) { AccountUid = uid, Audiences = [.. spec.Texts("audiences")], Bound = Bound(spec.Object("boundObjectRef"), space) };
        sent["status"] = new JsonObject
        {
            ["token"] = api.Tokens.Issue(claims, lifetime),
            ["expirationTimestamp"] = Metadata.Timestamp(api.Time.GetUtcNow() + lifetime),
        };
        sent.Sub("metadata")["creationTimestamp"] = Metadata.Timestamp(api.Time.GetUtcNow());
        await Answer.ObjectAsync(request, 201, sent);
    }

    private static void Validate(JsonObject spec)
    {
        var errors = new FieldErrors();
        switch (spec.Number("expirationSeconds"))
        {
            case null or < SecondsMin:
                errors.Invalid("spec.expirationSeconds", spec["expirationSeconds"], "may not specify a duration less than 10 minutes");
                break;
            case > SecondsMax:
                errors.Invalid("spec.expirationSeconds", spec["expirationSeconds"], "may not specify a duration larger than 2^32 seconds");
                break;
        }
        if (errors.Any)
        {
            throw errors.ToException("authentication.k8s.io", "TokenRequest", "");
        }
    }

    private BoundObject? Bound(JsonObject? reference, string @namespace)
    {
        if (reference is null)
        {
            return null;
        }
        var (kind, name) = (reference.Text("kind") ?? "", reference.Text("name") ?? "");
        if (kind is not ("Pod" or "Secret" or "Node"))
        {
            throw StatusErrors.BadRequest($"cannot bind token for serviceaccount to object of type {reference.Text("apiVersion")}, Kind={kind}");
        }
        var bound = new BoundObject(kind, name, "");
        var uid = api.Accounts.UidOf(bound.Plural, kind == "Node" ? "" : @namespace, name)
            ?? throw StatusErrors.NotFound(api.Resources.Find("", "v1", bound.Plural)!, name);
        if (reference.Text("uid") is { Length: > 0 } wanted && wanted != uid)
        {
            throw new ApiException(
                409, "Conflict", $"Operation cannot be fulfilled on {bound.Plural} \"{name}\": the UID in the bound object reference ({wanted}) does not match the UID in record. The object might have been deleted and then recreated");
        }
        return bound with { Uid = uid };
    }
}
