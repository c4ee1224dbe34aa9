using System.Net;
using ArgoCd.Applications;
using ArgoCd.Live;
using ArgoCd.Server.Routes;
using ArgoCd.Server.Sessions;
using ArgoCd.Settings;
using ArgoCd.Source;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Server;

/// <summary>
/// Argo CD's HTTP API, as its web page uses it: sessions, applications, their resources and actions, repositories, projects, clusters.
/// Everything it changes, it changes in the Kubernetes API; the application controller does the rest.
/// </summary>
public static class ArgoCdServer
{
    private static readonly string[] Open = ["/api/version", "/api/v1/session", "/api/v1/session/userinfo", "/api/v1/settings", "/healthz", "/extensions.js", "/"];

    /// <summary>Serves until cancelled.</summary>
    public static async Task RunAsync(ArgoCdServerOptions options, CancellationToken cancel)
    {
        var logger = options.LoggerFactory.CreateLogger("argocd-server");
        using var client = new ApiClient(options.Configuration, "argocd-server");
        using var folder = new CacheFolder(options.CacheFolder);
        var informers = new OwnNamespace(client, options.Namespace, options.Time, logger);
        var settings = new ArgoCdSettings(informers.ConfigMaps.Lister, options.Namespace);
        var repositories = new Repositories(informers.Secrets.Lister, options.Namespace);
        var projects = new ProjectLookup(informers.Projects.Lister, options.Namespace);
        var cluster = new ClusterCache(client, () => settings.Exclusions, options.Time, logger);
        var context = new ServerContext(
            client,
            options.Namespace,
            settings,
            repositories,
            projects,
            new SourceManifests(new GitClient(folder.Path)),
            new ApplicationWriter(client),
            new EventRecorder(client, "argocd-server", options.Time, logger, correlates: false),
            new LiveState(cluster, cancel),
            options.Time,
            logger);

        var informing = informers.RunAsync(cancel);
        try
        {
            await informers.Synced.WaitAsync(cancel);
            var account = new AdminAccount(client, options.Namespace, options.Time);
            var tokens = new SessionTokens(await account.InitializeAsync(cancel), options.Time);
            await ServeAsync(options, context, account, tokens, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // asked to stop
        }
        finally
        {
            await Task.WhenAll(informing, context.Live.Running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ServeAsync(
        ArgoCdServerOptions options, ServerContext context, AdminAccount account, SessionTokens tokens, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options.Listen));
        await using var web = builder.Build();
        web.Use((http, next) => Answers.CatchAsync(http, next.Invoke, context.Logger));
        web.Use((http, next) =>
        {
            Authenticate(http, tokens);
            return next(http);
        });
        SessionRoutes.Map(web, context, account, tokens);
        SettingsRoutes.Map(web, context, options.ExtensionsFolder);
        ApplicationRoutes.Map(web, context);
        OperationRoutes.Map(web, context);
        ResourceRoutes.Map(web, context);
        StreamRoutes.Map(web, context);
        RepositoryRoutes.Map(web, context);
        ProjectRoutes.Map(web, context);
        web.MapFallback(http => throw new GrpcException(GrpcCode.NotFound, "Not Found"));

        await web.StartAsync(cancel);
        var address = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        options.Listening?.Invoke(new IPEndPoint(options.Listen.Address, address.Port));
        await Task.Delay(Timeout.InfiniteTimeSpan, options.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var stopped = new CancellationTokenSource(); // streams end with their requests: nothing is worth waiting for
        await stopped.CancelAsync();
        await web.StopAsync(stopped.Token);
    }

    private static void Authenticate(HttpContext http, SessionTokens tokens)
    {
        var path = http.Request.Path.Value ?? "";
        var token = Bearer(http) ?? http.Request.Cookies["argocd.token"];
        if (Open.Contains(path.Length > 1 ? path.TrimEnd('/') : path))
        {
            if (path.EndsWith("/userinfo", StringComparison.Ordinal) && !string.IsNullOrEmpty(token))
            {
                http.Items[SessionRoutes.UserItem] = tokens.Verify(token);
            }

            return;
        }

        if (string.IsNullOrEmpty(token))
        {
            throw new GrpcException(GrpcCode.Unauthenticated, "no session information");
        }

        http.Items[SessionRoutes.UserItem] = tokens.Verify(token);
    }

    private static string? Bearer(HttpContext http)
        => http.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : null;
}
