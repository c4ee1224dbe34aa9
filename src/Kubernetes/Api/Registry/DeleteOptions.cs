using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Registry;

/// <summary>meta/v1 DeleteOptions, from the body or the query.</summary>
internal sealed record DeleteOptions(long? GracePeriodSeconds, Propagation? Propagation, string? Uid, string? ResourceVersion, bool DryRun)
{
    /// <exception cref="ApiException">422: unknown policy; 400: the body is something else.</exception>
    public static DeleteOptions From(JsonNode? body, Func<string, string?> query)
    {
        if (body.Text("kind") is { Length: > 0 } kind and not "DeleteOptions")
        {
            throw StatusErrors.BadRequest($"no kind \"{kind}\" is registered for version \"{body.Text("apiVersion")}\" in scheme \"k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27\"");
        }
        var errors = new FieldErrors();
        var policy = body.Text("propagationPolicy") ?? query("propagationPolicy");
        Propagation? propagation = policy switch
        {
            null or "" => null,
            "Background" => Resources.Propagation.Background,
            "Foreground" => Resources.Propagation.Foreground,
            "Orphan" => Resources.Propagation.Orphan,
            _ => null,
        };
        if (!string.IsNullOrEmpty(policy) && propagation is null)
        {
            errors.NotSupported("propagationPolicy", policy, "Foreground", "Background", "Orphan", "nil");
        }
        var orphan = body.Flag("orphanDependents") ?? (query("orphanDependents") is { } text ? text is "true" or "1" : null);
        if (orphan is not null && propagation is not null)
        {
            errors.Invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set");
        }
        if (errors.Any)
        {
            throw errors.ToException("meta.k8s.io", "DeleteOptions", "");
        }
        propagation ??= orphan switch { true => Resources.Propagation.Orphan, false => Resources.Propagation.Background, null => null };
        var grace = body.Number("gracePeriodSeconds") ?? (long.TryParse(query("gracePeriodSeconds"), out var seconds) ? seconds : null);
        var dryRun = body.Texts("dryRun").Contains("All") || query("dryRun") == "All";
        return new DeleteOptions(grace, propagation, body.Text("preconditions", "uid"), body.Text("preconditions", "resourceVersion"), dryRun);
    }
}
