using System.Net;
using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Json;
using Controllers.Runtime;
using Controllers.Runtime.Client;

namespace ArgoCd.Tests.Integration;

/// <summary>The ways to sync that users choose, against a real API server.</summary>
public sealed class SyncOptionsTests(ArgoCdInstance argo) : IClassFixture<ArgoCdInstance>
{
    private static readonly Resource<Unstructured> ConfigMaps = Resources.ConfigMaps.As<Unstructured>();

    private static string Map(string name, string value = "v") => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}}}, data: {{key: {value}}}}}";

    private async Task<JsonObject> SyncAsync(string name, string phase = "Succeeded", string body = "{}")
    {
        var before = (await argo.Client.GetAsync(Application.Resource, ArgoCdInstance.Namespace, name)).Json.Text("status", "operationState", "startedAt");
        var history = (await argo.Client.GetAsync(Application.Resource, ArgoCdInstance.Namespace, name)).Json.Items("status", "history").Count;
        (await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/sync", JsonNode.Parse(body))).Status.Should().Be(HttpStatusCode.OK);
        return await argo.UntilAsync(
            name,
            app => app["operation"] is null && app.Text("status", "operationState", "phase") == phase
                && (phase != "Succeeded" || body.Contains("resources", StringComparison.Ordinal) || app.Items("status", "history").Count > history || before is null),
            $"synced: {phase}");
    }

    private static string? Message(JsonObject app, string resource)
        => app.Objects("status", "operationState", "syncResult", "resources").Single(one => one.Text("name") == resource).Text("message");

    private async Task<string> NewAsync(string syncPolicy, params (string Path, string? Text)[] files)
    {
        var name = argo.NewName();
        argo.Git.Commit([.. files.Select(file => ($"{name}/{file.Path}", file.Text))]);
        await argo.CreateAsync(argo.NewApplication(name, syncPolicy));
        await argo.UntilAsync(name, "OutOfSync", "Missing");
        return name;
    }

    [Fact]
    public async Task Server_side_apply_owns_its_fields_and_leaves_no_annotation()
    {
        var name = await NewAsync("{syncOptions: [CreateNamespace=true, ServerSideApply=true]}", ("a.yaml", Map("a")));

        Message(await SyncAsync(name), "a").Should().Be("configmap/a serverside-applied");

        await argo.UntilAsync(name, "Synced", "Healthy");
        var live = await argo.Client.GetAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken);
        live.Json.Annotation("kubectl.kubernetes.io/last-applied-configuration").Should().BeNull();
        live.Json["metadata"]!["managedFields"]!.AsArray().Should().Contain(entry => (string?)entry!["manager"] == "argocd-controller" && (string?)entry["operation"] == "Apply");
    }

    [Fact]
    public async Task Replace_replaces()
    {
        var name = await NewAsync("{syncOptions: [CreateNamespace=true, Replace=true]}", ("a.yaml", Map("a")));
        Message(await SyncAsync(name), "a").Should().Be("configmap/a created");
        await argo.UntilAsync(name, "Synced", "Healthy");
        argo.Git.Commit(($"{name}/a.yaml", Map("a", "two")));

        Message(await SyncAsync(name), "a").Should().Be("configmap/a replaced");
    }

    [Fact]
    public async Task A_partial_sync_takes_only_what_was_chosen_and_is_no_history()
    {
        var name = await NewAsync("{syncOptions: [CreateNamespace=true]}", ("a.yaml", Map("a")), ("b.yaml", Map("b")));

        await SyncAsync(name, body: """{"resources": [{"kind": "ConfigMap", "name": "b"}]}""");

        var app = await argo.UntilAsync(name, "OutOfSync", "Healthy");
        app.Items("status", "history").Should().BeEmpty();
        (await argo.Client.FindAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Should().BeNull();
        (await argo.Client.FindAsync(ConfigMaps, name, "b", TestContext.Current.CancellationToken)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        var name = await NewAsync("{}", ("a.yaml", Map("a")));
        (await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/sync", JsonNode.Parse("""{"dryRun": true}"""))).Status.Should().Be(HttpStatusCode.OK);
        await argo.UntilOperationAsync(name, "Succeeded");
        (await argo.Client.FindAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task Metadata_of_the_namespace_is_managed_and_labels_of_others_stay()
    {
        var stop = TestContext.Current.CancellationToken;
        var name = await NewAsync("{managedNamespaceMetadata: {labels: {team: one}}, syncOptions: [CreateNamespace=true]}", ("a.yaml", Map("a")));
        await SyncAsync(name);
        await argo.UntilAsync(name, "Synced", "Healthy");
        await argo.Client.PatchAsync(
            Resources.Namespaces, null, name, Patch.Merge((JsonObject)JsonNode.Parse("""{"metadata": {"labels": {"theirs": "x"}}}""")!), cancel: stop);

        await argo.Client.PatchAsync(
            Application.Resource,
            ArgoCdInstance.Namespace,
            name,
            Patch.Merge((JsonObject)JsonNode.Parse("""{"spec": {"syncPolicy": {"managedNamespaceMetadata": {"labels": {"team": "two"}}}}}""")!),
            cancel: stop);
        await argo.UntilAsync(name, "OutOfSync", "Healthy");
        await SyncAsync(name);

        await argo.UntilAsync(name, "Synced", "Healthy");
        var labels = (await argo.Client.GetAsync(Resources.Namespaces, null, name, stop)).Metadata;
        (labels.Label("team"), labels.Label("theirs")).Should().Be(("two", "x"));
    }

    [Fact]
    public async Task An_operation_that_waits_for_a_hook_is_terminated()
    {
        var name = await NewAsync("{syncOptions: [CreateNamespace=true]}", ("a.yaml", Map("a")), ("job.yaml", """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: pre, annotations: {argocd.argoproj.io/hook: PreSync}}
            spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: never}]}}}
            """));
        await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/sync", new JsonObject());
        await argo.UntilAsync(name, app => app.Text("status", "operationState", "message") == "waiting for completion of hook batch/Job/pre", "waiting for the hook");
        var busy = await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/sync", new JsonObject());
        busy.Body.Text("message").Should().Be("error setting app operation: rpc error: code = FailedPrecondition desc = another operation is already in progress");

        (await argo.Http.SendAsync(HttpMethod.Delete, $"/api/v1/applications/{name}/operation")).Status.Should().Be(HttpStatusCode.OK);

        var app = await argo.UntilOperationAsync(name, "Failed");
        app.Text("status", "operationState", "message").Should().Be("Operation terminated");
        (await argo.Client.FindAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Should().BeNull();
        (await argo.Http.SendAsync(HttpMethod.Delete, $"/api/v1/applications/{name}/operation")).Body.Text("message").Should()
            .Be("Unable to terminate operation. No operation is in progress");
    }

    [Fact]
    public async Task A_failed_sync_is_retried_and_succeeds_once_its_cause_is_gone()
    {
        var name = await NewAsync("{retry: {limit: 5, backoff: {duration: 1s, factor: 1}}}", ("a.yaml", Map("a"))); // the namespace is missing
        await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/sync", new JsonObject());
        var waiting = await argo.UntilAsync(name, app => app.Number("status", "operationState", "retryCount") == 1, "retrying");
        waiting.Text("status", "operationState", "message").Should().Contain("one or more objects failed to apply, reason: namespaces").And.Contain("Retrying attempt #1 at");

        await argo.Client.CreateAsync(
            Resources.Namespaces, new k8s.Models.V1Namespace { Metadata = new k8s.Models.V1ObjectMeta { Name = name } }, TestContext.Current.CancellationToken);

        await argo.UntilOperationAsync(name, "Succeeded");
        await argo.UntilAsync(name, "Synced", "Healthy");
    }

    [Fact]
    public async Task A_definition_and_its_object_are_synced_together()
    {
        var name = await NewAsync("{syncOptions: [CreateNamespace=true]}", ("crd.yaml", """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Widget, listKind: WidgetList, plural: widgets, singular: widget}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
            """), ("widget.yaml", "{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}, spec: {size: 1}}"));

        Message(await SyncAsync(name), "w").Should().Be("widget.example.com/w created");

        await argo.UntilAsync(name, "Synced", "Healthy");
    }

    [Fact]
    public async Task A_rollback_goes_to_the_commit_of_the_history()
    {
        var name = await NewAsync("{syncOptions: [CreateNamespace=true]}", ("a.yaml", Map("a", "one")));
        await SyncAsync(name);
        await argo.UntilAsync(name, "Synced", "Healthy");
        argo.Git.Commit(($"{name}/a.yaml", Map("a", "two")));
        await SyncAsync(name);

        (await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/rollback", new JsonObject { ["id"] = 0 })).Status.Should().Be(HttpStatusCode.OK);

        await argo.UntilAsync(name, app => app["operation"] is null && app.Items("status", "history").Count == 3, "rolled back");
        (await argo.Client.GetAsync(ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Json.Text("data", "key").Should().Be("one");
    }
}
