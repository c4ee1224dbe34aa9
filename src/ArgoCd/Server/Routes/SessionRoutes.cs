using System.Text.Json.Nodes;
using ArgoCd.Json;
using ArgoCd.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ArgoCd.Server.Routes;

/// <summary>Login, logout, who am I.</summary>
internal static class SessionRoutes
{
    public const string UserItem = "argocd.user";

    public static void Map(WebApplication web, ServerContext context, AdminAccount account, SessionTokens tokens)
    {
        web.MapPost("/api/v1/session", async http =>
        {
            var body = await http.BodyAsync();
            var (username, password) = (body.Text("username") ?? "", body.Text("password") ?? "");
            if (username.Length == 0 || password.Length == 0)
            {
                throw new GrpcException(GrpcCode.Unauthenticated, "no credentials supplied");
            }

            await account.VerifyAsync(username, password, http.RequestAborted);
            var token = tokens.Create(username, context.Settings.SessionDuration);
            http.Response.Cookies.Append("argocd.token", token, new CookieOptions { HttpOnly = true, Path = "/", SameSite = SameSiteMode.Lax });
            await http.WriteAsync(new JsonObject { ["token"] = token });
        });
        web.MapDelete("/api/v1/session", async http =>
        {
            http.Response.Cookies.Delete("argocd.token");
            await http.WriteAsync(new JsonObject { ["token"] = "" });
        });
        web.MapGet("/api/v1/session/userinfo", http => http.WriteAsync(http.Items[UserItem] is string user
            ? new JsonObject { ["loggedIn"] = true, ["username"] = user, ["iss"] = "argocd" }
            : []));
    }

    public static string Username(this HttpContext http) => http.Items[UserItem] as string ?? "Unknown user";
}
