namespace ArgoRollouts.Metrics;

/// <summary>Counts requests to the Kubernetes API by resource, namespace, name, verb and status (controller/metrics/client.go).</summary>
internal sealed class RequestCounting(RolloutsMetrics metrics) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var (kind, @namespace, name, verb) = Describe(request.Method, request.RequestUri!);
        metrics.CountRequest(kind, @namespace, name, verb, (int)response.StatusCode);
        return response;
    }

    /// <summary>What a request is about, from its path: <c>/api/v1/...</c> or <c>/apis/group/version/...</c>, then <c>[namespaces/ns/]resource[/name]</c>.</summary>
    internal static (string Kind, string Namespace, string Name, string Verb) Describe(HttpMethod method, Uri uri)
    {
        var parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var resource = parts switch
        {
            ["api", _, .. var core] => core,
            ["apis", _, _, .. var grouped] => grouped,
            _ => [],
        };
        var (@namespace, rest) = resource is ["namespaces", var ns, _, ..] ? (ns, resource[2..]) : ("", resource);
        if (rest.Length == 0)
        {
            return ("Unknown", "Unknown", "Unknown", "Unknown");
        }

        var name = rest.Length > 1 ? rest[1] : "";
        return (rest[0], @namespace, name, Verb(method, name, uri.Query));
    }

    private static string Verb(HttpMethod method, string name, string query)
        => method == HttpMethod.Post ? "Create"
            : method == HttpMethod.Put ? "Update"
            : method == HttpMethod.Patch ? "Patch"
            : method == HttpMethod.Delete ? "Delete"
            : query.Contains("watch=1", StringComparison.Ordinal) || query.Contains("watch=true", StringComparison.Ordinal) ? "Watch"
            : name.Length > 0 ? "Get"
            : "List";
}
