using System.Net;
using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Tests.Integration;

/// <summary>The HTTP API over real sockets, as the web page uses it.</summary>
public sealed class HttpApiTests(ArgoCdInstance argo) : IClassFixture<ArgoCdInstance>
{
    private static readonly Resource<Unstructured> Rollouts = new("argoproj.io", "v1alpha1", "rollouts", "Rollout");

    private Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(string path) => argo.Http.SendAsync(HttpMethod.Get, path);

    private Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, JsonNode? body) => argo.Http.SendAsync(HttpMethod.Post, path, body);

    private static string Map(string name) => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}}}, data: {{key: v}}}}";

    private async Task<string> SyncedAsync(params (string Path, string Text)[] files)
    {
        var name = argo.NewName();
        argo.Git.Commit([.. files.Select(file => ($"{name}/{file.Path}", (string?)file.Text))]);
        (await PostAsync("/api/v1/applications", argo.NewApplication(name))).Status.Should().Be(HttpStatusCode.OK);
        (await PostAsync($"/api/v1/applications/{name}/sync", new JsonObject())).Status.Should().Be(HttpStatusCode.OK);
        await argo.UntilOperationAsync(name, "Succeeded");
        return name;
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_upstreams_words()
    {
        var (status, body) = await PostAsync("/api/v1/session", new JsonObject { ["username"] = "admin", ["password"] = "wrong" });
        status.Should().Be(HttpStatusCode.Unauthorized);
        body!.ToJsonString().Should().Be("""{"error":"Invalid username or password","code":16,"message":"Invalid username or password"}""");
    }

    [Fact]
    public async Task Without_a_token_there_is_no_session()
    {
        var (status, body) = await argo.Http.SendAsync(HttpMethod.Get, "/api/v1/applications", anonymous: true);
        status.Should().Be(HttpStatusCode.Unauthorized);
        body.Text("error").Should().Be("no session information");
    }

    [Fact]
    public async Task Version_health_settings_and_clusters_answer()
    {
        (await argo.Http.SendAsync(HttpMethod.Get, "/api/version", anonymous: true)).Body.Text("Version").Should().Be("v3.5.1");
        (await argo.Http.SendAsync(HttpMethod.Get, "/healthz", anonymous: true)).Status.Should().Be(HttpStatusCode.OK);
        (await argo.Http.SendAsync(HttpMethod.Get, "/api/v1/settings", anonymous: true)).Body.Text("trackingMethod").Should().Be("annotation");
        (await GetAsync("/api/v1/clusters")).Body.Objects("items").Single().Text("name").Should().Be("in-cluster");
        (await GetAsync("/api/v1/projects")).Body.Objects("items").Select(project => project.Text("metadata", "name")).Should().Contain("default");
        (await GetAsync("/api/v1/session/userinfo")).Body.Text("username").Should().Be("admin");
    }

    [Fact]
    public async Task The_password_is_nowhere_but_in_its_secret()
    {
        var stop = TestContext.Current.CancellationToken;
        var password = (await argo.Client.GetAsync(Resources.Secrets, ArgoCdInstance.Namespace, "argocd-initial-admin-secret", stop)).Data["password"];
        var secret = await argo.Client.GetAsync(Resources.Secrets, ArgoCdInstance.Namespace, "argocd-secret", stop);
        System.Text.Encoding.UTF8.GetString(secret.Data["admin.password"]).Should().StartWith("$2").And.NotContain(System.Text.Encoding.UTF8.GetString(password));
    }

    [Fact]
    public async Task A_new_application_is_validated_as_upstream_validates_it()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a")));

        async Task<string?> ErrorAsync(Action<JsonObject> change)
        {
            var application = argo.NewApplication(name);
            change(application);
            var (status, body) = await PostAsync("/api/v1/applications", application);
            status.Should().Be(HttpStatusCode.BadRequest);
            return body.Text("message");
        }

        const string Context = "error while validating and normalizing app: rpc error: code = InvalidArgument desc = application";
        (await ErrorAsync(app => app.Ensure("spec")["destination"] = new JsonObject { ["name"] = "nope" })).Should()
            .Be($"{Context} destination spec for {name} is invalid: there are no clusters with this name: nope");
        (await ErrorAsync(app => app.Ensure("spec", "source")["path"] = "nope")).Should().Be(
            $"{Context} spec for {name} is invalid: InvalidSpecError: Unable to generate manifests in nope: rpc error: code = Unknown desc = nope: app path does not exist");
        (await ErrorAsync(app => app.Ensure("spec", "source")["repoURL"] = $"{argo.Git.Url}-nope")).Should().StartWith(
            $"{Context} spec for {name} is invalid: InvalidSpecError: repository not accessible: repositories not accessible: &Repository{{Repo: \"{argo.Git.Url}-nope\"");
        (await ErrorAsync(app => app.Ensure("spec", "source").Remove("path"))).Should().Be(
            $"{Context} spec for {name} is invalid: InvalidSpecError: spec.source.repoURL and either spec.source.path or spec.source.chart are required");
    }

    [Fact]
    public async Task Creating_the_same_twice_is_no_error_and_something_else_is()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a")));
        (await PostAsync("/api/v1/applications", argo.NewApplication(name))).Status.Should().Be(HttpStatusCode.OK);
        (await PostAsync("/api/v1/applications", argo.NewApplication(name))).Status.Should().Be(HttpStatusCode.OK);
        var other = argo.NewApplication(name);
        other.Ensure("spec", "destination")["namespace"] = "elsewhere";

        var (status, body) = await PostAsync("/api/v1/applications", other);

        (status, body.Text("message")).Should().Be((HttpStatusCode.BadRequest, "existing application spec is different, use upsert flag to force update"));
        (await PostAsync("/api/v1/applications?upsert=true", other)).Body.Text("spec", "destination", "namespace").Should().Be("elsewhere");
    }

    [Fact]
    public async Task An_application_that_does_not_exist_is_not_told_from_one_that_may_not_be_seen()
    {
        var hidden = await GetAsync("/api/v1/applications/nope");
        (hidden.Status, hidden.Body.Text("error")).Should().Be((HttpStatusCode.Forbidden, "permission denied"));
        var (status, body) = await GetAsync("/api/v1/applications/nope?project=default");
        (status, body.Text("error")).Should().Be((HttpStatusCode.NotFound, "applications.argoproj.io \"nope\" not found"));
    }

    [Fact]
    public async Task A_refresh_answers_when_the_comparison_is_done()
    {
        var name = await SyncedAsync(("a.yaml", Map("a")));
        var commit = argo.Git.Commit(($"{name}/a.yaml", Map("b")));

        var (status, app) = await GetAsync($"/api/v1/applications/{name}?refresh=normal");

        status.Should().Be(HttpStatusCode.OK);
        (app.Text("status", "sync", "status"), app.Text("status", "sync", "revision")).Should().Be(("OutOfSync", commit));
        app.Object("metadata", "annotations")?.ContainsKey(Application.RefreshAnnotation).Should().NotBe(true);
    }

    [Fact]
    public async Task The_tree_and_the_managed_resources_show_what_is_deployed_and_hide_secrets()
    {
        var name = await SyncedAsync(("a.yaml", Map("a")), ("s.yaml", "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {password: hunter2}}"));

        var tree = (await GetAsync($"/api/v1/applications/{name}/resource-tree")).Body;
        var managed = (await GetAsync($"/api/v1/applications/{name}/managed-resources")).Body;
        var secret = (await GetAsync($"/api/v1/applications/{name}/resource?kind=Secret&version=v1&namespace={name}&resourceName=s")).Body;

        tree.Objects("nodes").Select(node => (node.Text("kind"), node.Text("name"))).Should().BeEquivalentTo([("ConfigMap", "a"), ("Secret", "s")]);
        managed.Objects("items").Should().HaveCount(2);
        (string.Concat(managed.Objects("items").Select(item => item.Text("liveState"))) + secret.Text("manifest")).Should().Contain("++++++++").And.NotContain("hunter2").And.NotContain("aHVudGVyMg==");
    }

    [Fact]
    public async Task The_stream_tells_of_a_change()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("a")));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15), TimeProvider.System);
        var seen = argo.Http.StreamAsync($"/api/v1/stream/applications?name={name}", node => node.Text("result", "application", "status", "sync", "status") == "OutOfSync", deadline.Token);

        (await PostAsync("/api/v1/applications", argo.NewApplication(name))).Status.Should().Be(HttpStatusCode.OK);

        (await seen).Text("result", "application", "metadata", "name").Should().Be(name);
    }

    [Fact]
    public async Task Actions_of_a_rollout_are_listed_and_run_and_its_health_follows()
    {
        await InstallRolloutsAsync();
        var stop = TestContext.Current.CancellationToken;
        var name = await SyncedAsync(("r.yaml", "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: web}, spec: {strategy: {blueGreen: {}}}}"));
        var status = (JsonObject)JsonNode.Parse("""
            {"status": {"observedGeneration": "1", "phase": "Paused", "message": "BlueGreenPause", "currentPodHash": "b", "stableRS": "a", "pauseConditions": [{"reason": "BlueGreenPause"}]}}
            """)!;
        await argo.Client.PatchAsync(Rollouts, name, "web", Patch.Merge(status), "status", stop);
        await argo.UntilAsync(name, "Synced", "Suspended"); // by the watch, long before any poll
        var query = $"group=argoproj.io&version=v1alpha1&kind=Rollout&namespace={name}&resourceName=web";

        var actions = (await GetAsync($"/api/v1/applications/{name}/resource/actions?{query}")).Body;
        actions.Objects("actions").Where(action => !action.Flag("disabled")).Select(action => action.Text("name"))
            .Should().BeEquivalentTo("abort", "pause", "promote-full", "restart", "resume");

        var run = new JsonObject
        {
            ["namespace"] = name, ["resourceName"] = "web", ["group"] = "argoproj.io", ["version"] = "v1alpha1", ["kind"] = "Rollout", ["action"] = "promote-full",
        };
        (await PostAsync($"/api/v1/applications/{name}/resource/actions/v2", run)).Status.Should().Be(HttpStatusCode.OK);
        (await PostAsync($"/api/v1/applications/{name}/resource/actions?{query}", JsonValue.Create("resume"))).Status.Should().Be(HttpStatusCode.OK);
        var rollout = await argo.Client.GetAsync(Rollouts, name, "web", stop);
        rollout.Json.Flag("status", "promoteFull").Should().BeTrue();
        rollout.Json.Object("status")!.ContainsKey("pauseConditions").Should().BeFalse();

        var unknown = await PostAsync($"/api/v1/applications/{name}/resource/actions?{query}", JsonValue.Create("dance"));
        unknown.Body.Text("message").Should().Be("error getting Lua resource action: built-in script does not exist: dance");
        var foreign = await GetAsync($"/api/v1/applications/{name}/resource/actions?{query.Replace("=web", "=nope")}");
        (foreign.Status, foreign.Body.Text("message")).Should().Be((HttpStatusCode.BadRequest, $"Rollout argoproj.io nope not found as part of application {name}"));
    }

    [Fact]
    public async Task Deleting_with_cascade_takes_the_resources_along()
    {
        var name = await SyncedAsync(("a.yaml", Map("a")));
        (await argo.Http.SendAsync(HttpMethod.Delete, $"/api/v1/applications/{name}?cascade=true&propagationPolicy=nope")).Body.Text("message")
            .Should().Be("invalid propagation policy: nope");

        (await argo.Http.SendAsync(HttpMethod.Delete, $"/api/v1/applications/{name}?cascade=true&propagationPolicy=foreground")).Status.Should().Be(HttpStatusCode.OK);

        await argo.GoneAsync(Application.Resource, ArgoCdInstance.Namespace, name);
        (await argo.Client.FindAsync(Resources.ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task A_repository_is_connected_listed_and_checked()
    {
        (await PostAsync("/api/v1/repositories", new JsonObject { ["repo"] = argo.Git.Url })).Body.Text("connectionState", "status").Should().Be("Successful");
        (await PostAsync("/api/v1/repositories", new JsonObject { ["repo"] = $"{argo.Git.Url}-nope" })).Body.Text("message").Should()
            .Be("error testing repository connectivity: unable to ls-remote HEAD on repository: failed to list refs: repository not found");
    }

    [Fact]
    public async Task Hooks_run_before_and_after_and_a_wave_waits_for_the_one_before()
    {
        var name = await SyncedAsync(
            ("pre.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: pre, annotations: {argocd.argoproj.io/hook: PreSync}}}"),
            ("a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: first, annotations: {argocd.argoproj.io/sync-wave: \"1\"}}}"),
            ("b.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: second, annotations: {argocd.argoproj.io/sync-wave: \"2\"}}}"),
            ("post.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: post, annotations: {argocd.argoproj.io/hook: PostSync, argocd.argoproj.io/hook-delete-policy: HookSucceeded}}}"));

        var app = await argo.UntilAsync(name, "Synced", "Healthy");
        // the namespace's task is not looked at again once it is there, as upstream
        app.Objects("status", "operationState", "syncResult", "resources").Select(one => (one.Text("name"), one.Text("syncPhase"), one.Text("hookPhase"), one.Text("hookType")))
            .Should().Equal((name, "PreSync", "Running", null), ("pre", "PreSync", "Succeeded", "PreSync"), ("first", "Sync", "Succeeded", null), ("second", "Sync", "Succeeded", null), ("post", "PostSync", "Succeeded", "PostSync"));
        await argo.GoneAsync(Resources.ConfigMaps.As<Unstructured>(), name, "post");
    }

    private async Task InstallRolloutsAsync()
        => await new EmbeddedCluster.Installing.Installer(argo.Client).ApplyAsync(
            Yaml.Objects("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: rollouts.argoproj.io}
                spec:
                  group: argoproj.io
                  scope: Namespaced
                  names: {kind: Rollout, listKind: RolloutList, plural: rollouts, singular: rollout}
                  versions:
                    - name: v1alpha1
                      served: true
                      storage: true
                      subresources: {status: {}}
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """),
            TestContext.Current.CancellationToken);
}
