using System.Text.Json.Nodes;
using ArgoCd.Json;
using ArgoCd.Projects;
using Controllers.Runtime.Client;
using Microsoft.AspNetCore.Builder;

namespace ArgoCd.Server.Routes;

/// <summary>Projects.</summary>
internal static class ProjectRoutes
{
    public static void Map(WebApplication web, ServerContext context)
    {
        web.MapGet("/api/v1/projects", http => http.WriteAsync(new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. context.Projects.List().Select(project => (JsonNode)project.Clone().Json)]),
        }));
        web.MapGet("/api/v1/projects/{name}", async http =>
        {
            var project = await context.Client.FindAsync(AppProject.Resource, context.Namespace, http.Part("name"), http.RequestAborted);
            await http.WriteAsync((project ?? throw GrpcException.PermissionDenied).Json);
        });
        web.MapPost("/api/v1/projects", async http =>
        {
            if ((await http.BodyAsync()).Object("project") is not { } body)
            {
                throw new GrpcException(GrpcCode.InvalidArgument, "missing payload 'project' in request");
            }

            var project = (JsonObject)body.DeepClone();
            project.Ensure("metadata")["namespace"] = context.Namespace;
            await http.WriteAsync((await context.Client.CreateAsync(AppProject.Resource, new Unstructured(project), http.RequestAborted)).Json);
        });
        web.MapDelete("/api/v1/projects/{name}", async http =>
        {
            var name = http.Part("name");
            if (name == AppProject.DefaultName)
            {
                throw new GrpcException(GrpcCode.InvalidArgument, "name 'default' is reserved and cannot be deleted");
            }

            await context.Client.DeleteAsync(AppProject.Resource, context.Namespace, name, cancel: http.RequestAborted);
            await http.WriteAsync(new JsonObject());
        });
    }
}
