using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Tests.Integration;

/// <summary>From a new Application to its deletion, against a real API server and a real repository.</summary>
public sealed class ApplicationLifeTests(ArgoCdInstance argo) : IClassFixture<ArgoCdInstance>
{
    private static readonly Resource<Unstructured> ConfigMaps = Resources.ConfigMaps.As<Unstructured>();

    private static string Map(string name, string value = "v") => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}}}, data: {{key: {value}}}}}";

    private Task SyncAsync(string name, bool prune = false)
        => new ApplicationWriter(argo.Client).PatchAsync(
            new Application(new Unstructured(argo.NewApplication(name))),
            new JsonObject
            {
                ["operation"] = new JsonObject { ["sync"] = new JsonObject { ["prune"] = prune, ["syncOptions"] = new JsonArray("CreateNamespace=true") } },
            },
            default);

    private Task RefreshAsync(string name)
        => new ApplicationWriter(argo.Client).PatchAsync(
            new Application(new Unstructured(argo.NewApplication(name))),
            (JsonObject)JsonNode.Parse("""{"metadata": {"annotations": {"argocd.argoproj.io/refresh": "normal"}}}""")!,
            default);

    [Fact]
    public async Task A_new_application_is_OutOfSync_and_Missing_and_nothing_is_deployed()
    {
        var name = argo.NewName();
        var commit = argo.Git.Commit(($"{name}/a.yaml", Map("a")));

        await argo.CreateAsync(argo.NewApplication(name));

        var app = await argo.UntilAsync(name, "OutOfSync", "Missing");
        app.Text("status", "sync", "revision").Should().Be(commit);
        app.Text("status", "resourceHealthSource").Should().Be("appTree");
        app.Text("status", "sourceType").Should().Be("Directory");
        app.Objects("status", "resources").Should().ContainSingle().Which.Text("status").Should().Be("OutOfSync");
        (await argo.Client.FindAsync(Resources.Namespaces, null, name, TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task A_sync_creates_the_namespace_and_the_objects_and_is_recorded()
    {
        var name = argo.NewName();
        var commit = argo.Git.Commit(($"{name}/a.yaml", Map("a")));
        await argo.CreateAsync(argo.NewApplication(name));
        await argo.UntilAsync(name, "OutOfSync", "Missing");

        await SyncAsync(name);

        var app = await argo.UntilOperationAsync(name, "Succeeded");
        var state = app.Object("status", "operationState");
        state.Text("message").Should().Be("successfully synced (all tasks run)");
        state.Text("syncResult", "revision").Should().Be(commit);
        state.Objects("syncResult", "resources").Select(one => (one.Text("kind"), one.Text("name"), one.Text("status"), one.Text("message"), one.Text("syncPhase")))
            .Should().Contain(("ConfigMap", "a", "Synced", "configmap/a created", "Sync"))
            .And.Contain(("Namespace", name, "Synced", $"namespace/{name} created", "PreSync"));
        app = await argo.UntilAsync(name, "Synced", "Healthy");
        app.Objects("status", "history").Should().ContainSingle().Which.Text("revision").Should().Be(commit);
        var live = await argo.Client.GetAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken);
        live.Json.Annotation("argocd.argoproj.io/tracking-id").Should().Be($"{name}:/ConfigMap:{name}/a");
    }

    [Fact]
    public async Task A_push_is_seen_on_refresh_and_deployed_by_the_next_sync_only()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a", "one")));
        await argo.CreateAsync(argo.NewApplication(name));
        await SyncAsync(name);
        await argo.UntilAsync(name, "Synced", "Healthy");
        argo.Git.Commit(($"{name}/a.yaml", Map("a", "two")));

        await RefreshAsync(name);

        var app = await argo.UntilAsync(name, one => one.Text("status", "sync", "status") == "OutOfSync" && one.Annotation(Application.RefreshAnnotation) is null, "OutOfSync");
        app.Text("status", "health", "status").Should().Be("Healthy");
        (await argo.Client.GetAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Json.Text("data", "key").Should().Be("one");
        await SyncAsync(name);
        await argo.UntilAsync(name, "Synced", "Healthy");
        (await argo.Client.GetAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Json.Text("data", "key").Should().Be("two");
    }

    [Fact]
    public async Task Syncing_the_same_again_changes_no_object()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a")), ($"{name}/s.yaml", "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}"));
        await argo.CreateAsync(argo.NewApplication(name));
        await SyncAsync(name);
        await argo.UntilAsync(name, "Synced", "Healthy");
        var before = await argo.Client.GetAsync(Resources.Services, name, "s", TestContext.Current.CancellationToken);

        await SyncAsync(name);

        var app = await argo.UntilAsync(name, one => one["operation"] is null && one.Items("status", "history").Count == 2, "synced twice");
        app.Objects("status", "operationState", "syncResult", "resources").Select(one => one.Text("message")).Should().Contain("service/s unchanged");
        (await argo.Client.GetAsync(Resources.Services, name, "s", TestContext.Current.CancellationToken)).Metadata.ResourceVersion.Should().Be(before.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task What_left_Git_is_pruned_only_when_asked_for()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a")), ($"{name}/b.yaml", Map("b")));
        await argo.CreateAsync(argo.NewApplication(name));
        await SyncAsync(name);
        await argo.UntilAsync(name, "Synced", "Healthy");
        argo.Git.Commit(($"{name}/b.yaml", null));

        await SyncAsync(name);
        var app = await argo.UntilAsync(name, one => one["operation"] is null && one.Items("status", "history").Count == 2, "synced without prune");
        app.Objects("status", "operationState", "syncResult", "resources").Single(one => one.Text("name") == "b").Text("message").Should().Be("ignored (requires pruning)");
        (await argo.UntilAsync(name, "OutOfSync", "Healthy")).Objects("status", "resources").Single(one => one.Text("name") == "b").Flag("requiresPruning").Should().BeTrue();

        await SyncAsync(name, prune: true);
        await argo.GoneAsync(ConfigMaps, name, "b");
        await argo.UntilAsync(name, "Synced", "Healthy");
    }

    [Fact]
    public async Task An_automated_application_syncs_by_itself_and_heals()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a")));
        await argo.CreateAsync(argo.NewApplication(name, "{automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}"));
        var app = await argo.UntilAsync(name, "Synced", "Healthy");
        app.Flag("status", "operationState", "operation", "initiatedBy", "automated").Should().BeTrue();

        await argo.Client.DeleteAsync(ConfigMaps, name, "a", cancel: TestContext.Current.CancellationToken);

        await argo.UntilAsync(name, one => one.Number("status", "operationState", "operation", "sync", "autoHealAttemptsCount") == 1
            && one.Text("status", "operationState", "phase") == "Succeeded", "healed");
        (await argo.Client.FindAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Should().NotBeNull();
    }

    [Fact]
    public async Task Deleting_an_application_with_the_finalizer_deletes_what_it_tracks_and_not_its_namespace()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a")));
        await argo.CreateAsync(argo.NewApplication(name));
        await SyncAsync(name);
        await argo.UntilAsync(name, "Synced", "Healthy");
        var stop = TestContext.Current.CancellationToken;
        await argo.Client.CreateAsync(ConfigMaps, Yaml.Object($"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: theirs, namespace: {name}}}}}"), stop);

        await argo.Client.DeleteAsync(Application.Resource, ArgoCdInstance.Namespace, name, cancel: stop);

        await argo.GoneAsync(Application.Resource, ArgoCdInstance.Namespace, name);
        (await argo.Client.FindAsync(ConfigMaps, name, "a", stop)).Should().BeNull();
        (await argo.Client.FindAsync(ConfigMaps, name, "theirs", stop)).Should().NotBeNull();
        (await argo.Client.FindAsync(Resources.Namespaces, null, name, stop)).Should().NotBeNull();
    }

    [Fact]
    public async Task Deleting_an_application_without_the_finalizer_leaves_everything()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a")));
        var application = argo.NewApplication(name);
        application.Remove("metadata", "finalizers");
        await argo.CreateAsync(application);
        await SyncAsync(name);
        await argo.UntilAsync(name, "Synced", "Healthy");

        await argo.Client.DeleteAsync(Application.Resource, ArgoCdInstance.Namespace, name, cancel: TestContext.Current.CancellationToken);

        await argo.GoneAsync(Application.Resource, ArgoCdInstance.Namespace, name);
        (await argo.Client.FindAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Should().NotBeNull();
    }
}
