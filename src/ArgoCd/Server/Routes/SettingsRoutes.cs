using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ArgoCd.Server.Routes;

/// <summary>Version, health, settings, UI extensions, clusters: what the page asks before and around the applications.</summary>
internal static class SettingsRoutes
{
    public const string Version = "v3.5.1";

    public static void Map(WebApplication web, ServerContext context, string? extensionsFolder)
    {
        web.MapGet("/healthz", http => http.Response.WriteAsync("ok", http.RequestAborted));
        web.MapGet("/", http => http.Response.WriteAsync("Argo CD API server\n", http.RequestAborted));
        web.MapGet("/api/version", http => http.WriteAsync(new JsonObject
        {
            ["Version"] = Version,
            ["BuildDate"] = "",
            ["GitCommit"] = "",
            ["GitTreeState"] = "clean",
            ["GoVersion"] = "",
            ["Compiler"] = ".NET",
            ["Platform"] = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier,
        }));
        web.MapGet("/api/v1/settings", http => http.WriteAsync(new JsonObject
        {
            ["url"] = context.Settings.Url,
            ["appLabelKey"] = "app.kubernetes.io/instance",
            ["trackingMethod"] = "annotation",
            ["controllerNamespace"] = context.Namespace,
            ["userLoginsDisabled"] = !context.Settings.AdminEnabled,
            ["kustomizeVersions"] = new JsonArray(),
            ["resourceOverrides"] = new JsonObject(),
            ["help"] = new JsonObject { ["chatText"] = "Chat now!" },
            ["plugins"] = new JsonArray(),
        }));
        web.MapGet("/extensions.js", async http =>
        {
            http.Response.ContentType = "application/javascript";
            await http.Response.WriteAsync(ExtensionScripts.Read(extensionsFolder), http.RequestAborted);
        });
        web.MapGet("/api/v1/clusters", http => http.WriteAsync(new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray { Cluster(context) },
        }));
        web.MapGet("/api/v1/clusters/{server}", http => http.Part("server") is var server
            && (server == Settings.Cluster.InCluster.Server || server == Settings.Cluster.InCluster.Name)
                ? http.WriteAsync(Cluster(context))
                : throw GrpcException.PermissionDenied);
    }

    private static JsonObject Cluster(ServerContext context) => new()
    {
        ["server"] = Settings.Cluster.InCluster.Server,
        ["name"] = Settings.Cluster.InCluster.Name,
        ["config"] = new JsonObject { ["tlsClientConfig"] = new JsonObject { ["insecure"] = false } },
        ["connectionState"] = new JsonObject
        {
            ["status"] = "Successful",
            ["message"] = "",
            ["attemptedAt"] = context.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        },
    };
}
