using Kubernetes.Api.Authentication;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Tables;
using Kubernetes.Api.Wire;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Requests;

/// <summary>One request to one resource, parsed.</summary>
internal sealed class ApiRequest(HttpContext http, RequestInfo info, ResourceInfo resource, UserInfo user)
{
    public HttpContext Http { get; } = http;

    public RequestInfo Info { get; } = info;

    public ResourceInfo Resource { get; } = resource;

    public UserInfo User { get; } = user;

    public CancellationToken Aborted => Http.RequestAborted;

    public AcceptedView View { get; } = AcceptedView.Parse(http.Request.Headers.Accept, custom: resource.Custom is not null);

    /// <summary>Prints as of the moment it is asked for.</summary>
    public TableView Table(TimeProvider time) => new(Resource, Query("includeObject"), time.GetUtcNow());

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values[^1] : null;

    public bool Flag(string name) => Query(name) is "true" or "1" or "True" or "t";

    /// <exception cref="ApiException">422: a value other than "All".</exception>
    public bool DryRun
    {
        get
        {
            var values = Http.Request.Query["dryRun"];
            foreach (var value in values)
            {
                if (value is not ("All" or ""))
                {
                    var errors = new FieldErrors();
                    errors.NotSupported("dryRun", new System.Text.Json.Nodes.JsonArray(value), "All");
                    throw errors.ToException("meta.k8s.io", OptionsKind, "");
                }
            }
            return values.Count > 0 && values[0] == "All";
        }
    }

    private string OptionsKind => Http.Request.Method switch { "POST" => "CreateOptions", "PATCH" => "PatchOptions", "DELETE" => "DeleteOptions", _ => "UpdateOptions" };

    /// <summary>Who writes: fieldManager, or the User-Agent up to its first slash (apiserver handlers/create.go).</summary>
    public string FieldManager
    {
        get
        {
            var manager = Query("fieldManager");
            if (!string.IsNullOrEmpty(manager))
            {
                return manager;
            }
            var agent = Http.Request.Headers.UserAgent.ToString().Split('/')[0];
            return agent.Length == 0 ? "unknown" : agent;
        }
    }

    public WriteRequest Write(string name, string? subresource = null) => new(Resource, Info.Namespace ?? "", name, User)
    {
        Subresource = subresource ?? Info.Subresource,
        DryRun = DryRun,
        FieldManager = FieldManager,
        Warn = text => WarningHeader.Add(Http.Response, text),
    };
}
