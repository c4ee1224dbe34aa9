using System.Text;
using System.Text.Json.Nodes;
using ArgoCd.Json;
using ArgoCd.Source;
using Controllers.Runtime.Client;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ArgoCd.Server.Routes;

/// <summary>Repositories: secrets of Argo CD's namespace, with the state of the connection.</summary>
internal static class RepositoryRoutes
{
    public static void Map(WebApplication web, ServerContext context)
    {
        web.MapGet("/api/v1/repositories", http => ListAsync(http, context));
        web.MapPost("/api/v1/repositories", http => CreateAsync(http, context));
        web.MapGet("/api/v1/repositories/{repo}", async http =>
        {
            var url = http.Part("repo");
            var known = context.Repositories.List().FirstOrDefault(one => Repository.Normalize(one.Url) == Repository.Normalize(url));
            await http.WriteAsync(await ViewAsync(known ?? throw GrpcException.PermissionDenied, context, http.RequestAborted));
        });
        web.MapDelete("/api/v1/repositories/{repo}", async http =>
        {
            await context.Client.DeleteAsync(Resources.Secrets, context.Namespace, SecretName(http.Part("repo")), cancel: http.RequestAborted);
            await http.WriteAsync(new JsonObject());
        });
    }

    /// <summary>The name that upstream gives the secret of a repository (<c>util/db</c> RepoURLToSecretName): <c>repo-</c> and the FNV-1a of its address.</summary>
    internal static string SecretName(string url)
    {
        uint hash = 2166136261;
        foreach (var value in Encoding.UTF8.GetBytes(url))
        {
            hash = (hash ^ value) * 16777619;
        }

        return $"repo-{hash}";
    }

    private static async Task ListAsync(HttpContext http, ServerContext context)
    {
        var views = await Task.WhenAll(context.Repositories.List().Select(repository => ViewAsync(repository, context, http.RequestAborted)));
        await http.WriteAsync(new JsonObject { ["metadata"] = new JsonObject(), ["items"] = new JsonArray([.. views]) });
    }

    private static async Task CreateAsync(HttpContext http, ServerContext context)
    {
        var body = await http.BodyAsync();
        var url = body.Text("repo") ?? "";
        if (url.Length == 0)
        {
            throw new GrpcException(GrpcCode.InvalidArgument, "missing payload in request");
        }

        var repository = new Repository(url)
        {
            Type = body.Text("type") is { Length: > 0 } type ? type : "git",
            Name = body.Text("name") ?? "",
            Project = body.Text("project") ?? "",
            Username = body.Text("username"),
            Password = body.Text("password"),
            Insecure = body.Flag("insecure"),
        };
        await context.Manifests.TestAsync(repository, http.RequestAborted);
        var secret = Secret(repository);
        secret.Metadata.NamespaceProperty = context.Namespace;
        try
        {
            await context.Client.CreateAsync(Resources.Secrets, secret, http.RequestAborted);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            if (http.Flag("upsert") != true)
            {
                throw new GrpcException(GrpcCode.InvalidArgument, "existing repository spec is different; use upsert flag to force update");
            }

            var known = await context.Client.GetAsync(Resources.Secrets, context.Namespace, secret.Metadata.Name, http.RequestAborted);
            known.Data = secret.Data;
            await context.Client.UpdateAsync(Resources.Secrets, known, cancel: http.RequestAborted);
        }

        await http.WriteAsync(View(repository, "Successful", ""));
    }

    private static V1Secret Secret(Repository repository)
    {
        var data = new Dictionary<string, byte[]>();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                data[name] = Encoding.UTF8.GetBytes(value);
            }
        }

        Add("url", repository.Url);
        Add("type", repository.Type);
        Add("name", repository.Name);
        Add("project", repository.Project);
        Add("username", repository.Username);
        Add("password", repository.Password);
        Add("insecure", repository.Insecure ? "true" : null);
        return new V1Secret
        {
            Metadata = new V1ObjectMeta
            {
                Name = SecretName(repository.Url),
                Labels = new Dictionary<string, string> { [Repository.SecretTypeLabel] = "repository" },
                Annotations = new Dictionary<string, string> { ["managed-by"] = "argocd.argoproj.io" },
            },
            Data = data,
            Type = "Opaque",
        };
    }

    private static async Task<JsonNode> ViewAsync(Repository repository, ServerContext context, CancellationToken cancel)
    {
        try
        {
            await context.Manifests.TestAsync(repository, cancel);
            return View(repository, "Successful", "");
        }
        catch (SourceException exception)
        {
            return View(repository, "Failed", $"Unable to connect to repository: {exception.Message}");
        }
    }

    // never the credentials
    private static JsonObject View(Repository repository, string status, string message) => new()
    {
        ["repo"] = repository.Url,
        ["type"] = repository.Type,
        ["name"] = repository.Name,
        ["project"] = repository.Project,
        ["insecure"] = repository.Insecure,
        ["connectionState"] = new JsonObject { ["status"] = status, ["message"] = message },
    };
}
