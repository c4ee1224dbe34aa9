using System.Net;
using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Json;
using ArgoCd.Server;
using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;
using EmbeddedCluster.Installing;
using Kubernetes.Api;
using Kubernetes.Controllers;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArgoCd.Tests.Integration;

/// <summary>Argo CD's controller and server on a real API server in this process, with a real repository.</summary>
public sealed class ArgoCdInstance : IAsyncLifetime
{
    internal const string Namespace = "argo-cd";

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _running = [];
    private ApiServer? _api;
    private int _names;

    internal ApiClient Client { get; private set; } = null!;

    internal GitFixture Git { get; } = new();

    internal ArgoCdHttp Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiServer.StartAsync(new ApiServerOptions { Authorization = AuthorizationMode.Rbac }, _stopping.Token);
        Client = new ApiClient(_api.AdminConfiguration, "tests");
        var manifests = ManifestReader.ReadFolder(Path.Combine(AppContext.BaseDirectory, "manifests", "argo-cd"))
            .Where(manifest => manifest.Kind is not ("Deployment" or "Service" or "Ingress"));
        await new Installer(Client).ApplyAsync(manifests, _stopping.Token);

        var controllers = new TaskCompletionSource();
        Run(stop => ControllerManager.RunAsync(
            new ControllerManagerOptions { Configuration = _api.AdminConfiguration, CertificateAuthorityPem = "", Started = controllers }, stop));
        var controller = new TaskCompletionSource();
        Run(stop => ApplicationController.RunAsync(
            new ApplicationControllerOptions
            {
                Configuration = _api.ConfigurationFor(Namespace, "argocd-application-controller"),
                Time = TimeProvider.System,
                LoggerFactory = NullLoggerFactory.Instance,
                Started = controller.SetResult,
            },
            stop));
        var server = new TaskCompletionSource<IPEndPoint>();
        Run(stop => ArgoCdServer.RunAsync(
            new ArgoCdServerOptions
            {
                Configuration = _api.ConfigurationFor(Namespace, "argocd-server"),
                Time = TimeProvider.System,
                LoggerFactory = NullLoggerFactory.Instance,
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Listening = server.SetResult,
            },
            stop));
        await Task.WhenAll(controllers.Task, controller.Task, server.Task).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        Http = new ArgoCdHttp(new Uri($"http://{await server.Task}"));
        var secret = await Client.GetAsync(Resources.Secrets, Namespace, "argocd-initial-admin-secret");
        await Http.LoginAsync(System.Text.Encoding.UTF8.GetString(secret.Data["password"]));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Http.Dispose();
        Client.Dispose();
        await _api!.DisposeAsync();
        Git.Dispose();
        _stopping.Dispose();
    }

    /// <summary>A name that no other test has, also for its folder in the repository and its namespace.</summary>
    internal string NewName() => $"app-{Interlocked.Increment(ref _names)}";

    /// <summary>An Application of the folder named like it, into the namespace named like it.</summary>
    internal JsonObject NewApplication(string name, string? syncPolicy = null) => Yaml.Json($$"""
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: {{name}}, namespace: argo-cd, finalizers: [resources-finalizer.argocd.argoproj.io]}
        spec:
          project: default
          source: {repoURL: "{{Git.Url}}", path: {{name}}, targetRevision: main}
          destination: {server: "https://kubernetes.default.svc", namespace: {{name}}}
          syncPolicy: {{syncPolicy ?? "{syncOptions: [CreateNamespace=true]}"}}
        """);

    internal async Task CreateAsync(JsonObject application) => await Client.CreateAsync(Application.Resource, new Unstructured(application));

    /// <summary>The first state of an Application that satisfies the condition; fails after 15 s with the last state seen.</summary>
    internal async Task<JsonObject> UntilAsync(string name, Func<JsonObject, bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15), TimeProvider.System);
        JsonObject? last = null;
        try
        {
            var list = await Client.ListAsync(Application.Resource, Namespace, cancel: deadline.Token);
            last = list.Items.FirstOrDefault(item => item.Metadata.Name == name)?.Json;
            if (last is not null && condition(last))
            {
                return last;
            }

            var from = new ListOptions { ResourceVersion = list.ResourceVersion };
            await foreach (var change in Client.WatchAsync(Application.Resource, Namespace, from, deadline.Token))
            {
                if (change.Object.Metadata.Name == name && change.Kind is WatchEventKind.Added or WatchEventKind.Modified)
                {
                    last = change.Object.Json;
                    if (condition(last))
                    {
                        return last;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // told below
        }

        throw new TimeoutException($"{name} did not become {what} within 15 s; last seen: {last?.ToJsonString()}");
    }

    internal Task<JsonObject> UntilAsync(string name, string sync, string health)
        => UntilAsync(name, app => app.Text("status", "sync", "status") == sync && app.Text("status", "health", "status") == health, $"{sync}/{health}");

    internal Task<JsonObject> UntilOperationAsync(string name, string phase)
        => UntilAsync(
            name,
            app => app["operation"] is null && app.Text("status", "operationState", "phase") == phase && app.Text("status", "operationState", "finishedAt") is not null,
            $"done with an operation ({phase})");

    /// <summary>Waits until the object is gone.</summary>
    internal async Task GoneAsync(Resource<Unstructured> resource, string? @namespace, string name)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15), TimeProvider.System);
        var list = await Client.ListAsync(resource, @namespace, cancel: deadline.Token);
        if (list.Items.All(item => item.Metadata.Name != name))
        {
            return;
        }

        await foreach (var change in Client.WatchAsync(resource, @namespace, new ListOptions { ResourceVersion = list.ResourceVersion }, deadline.Token))
        {
            if (change.Kind == WatchEventKind.Deleted && change.Object.Metadata.Name == name)
            {
                return;
            }
        }
    }

    private void Run(Func<CancellationToken, Task> part) => _running.Add(Task.Run(() => part(_stopping.Token)));
}
