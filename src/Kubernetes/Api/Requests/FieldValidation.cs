using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Schemas;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Requests;

/// <summary>
/// ?fieldValidation: unknown and repeated fields are refused (Strict), reported in a Warning header (Warn, the default) or
/// dropped silently (Ignore) (KEP-2885).
/// </summary>
internal static class FieldValidation
{
    /// <summary>Prunes what the kind does not know. Repeated fields come from the parser.</summary>
    /// <exception cref="ApiException">400 under Strict; 400 for a value of the wrong type; 422 for an unknown directive.</exception>
    public static void Apply(ApiRequest request, JsonObject document, IReadOnlyList<string> repeated)
    {
        var problems = repeated.Select(field => $"duplicate field \"{field}\"").ToList();
        var unknown = new List<string>();
        var resource = request.Resource;
        if (resource.Schema.Value is { } schema)
        {
            Pruning.Prune(document, schema, unknown);
            if (resource.Custom is null)
            {
                TypeCheck.Check(document, schema, resource.Kind, resource.Version);
            }
        }
        problems.AddRange(unknown.Select(field => $"unknown field \"{field}\""));
        Report(request, problems);
    }

    private static void Report(ApiRequest request, List<string> problems)
    {
        switch (request.Query("fieldValidation"))
        {
            case "Strict" when problems.Count > 0:
                throw StatusErrors.BadRequest(Prefix(request.Resource) + $"strict decoding error: {string.Join(", ", problems)}");
            case null or "" or "Warn" when problems.Count > 0:
                problems.ForEach(problem => WarningHeader.Add(request.Http.Response, problem));
                break;
            case null or "" or "Warn" or "Strict" or "Ignore":
                break;
            case var other:
                var errors = new FieldErrors();
                errors.NotSupported("fieldValidation", other, "Ignore", "Strict", "Warn");
                throw errors.ToException("meta.k8s.io", "CreateOptions", "");
        }
    }

    private static string Prefix(ResourceInfo resource) =>
        resource.Custom is null ? $"{resource.Kind} in version \"{resource.Version}\" cannot be handled as a {resource.Kind}: " : "";
}
