using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Tests.Integration;

/// <summary>What is wrong with one application ends as its condition, and the others go on.</summary>
public sealed class BadInputTests(ArgoCdInstance argo) : IClassFixture<ArgoCdInstance>
{
    private const string Prefix = "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = ";

    private async Task<string> ConditionAsync(string name, string type)
    {
        var app = await argo.UntilAsync(name, one => one.Objects("status", "conditions").Any(condition => condition.Text("type") == type), type);
        app.Text("status", "sync", "status").Should().Be("Unknown");
        return app.Objects("status", "conditions").First(condition => condition.Text("type") == type).Text("message")!;
    }

    private async Task<string> ComparisonErrorAsync(Action<JsonObject> change, params (string Path, string? Text)[] files)
    {
        var name = argo.NewName();
        argo.Git.Commit([($"{name}/ok.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: ok}}"), .. files.Select(file => ($"{name}/{file.Path}", file.Text))]);
        var application = argo.NewApplication(name);
        change(application);
        await argo.CreateAsync(application);
        return await ConditionAsync(name, "ComparisonError");
    }

    [Fact]
    public async Task A_repository_that_does_not_exist()
        => (await ComparisonErrorAsync(app => app.Ensure("spec", "source")["repoURL"] = $"{argo.Git.Url}-nope"))
            .Should().Be($"{Prefix}Unknown desc = failed to list refs: repository not found");

    [Fact]
    public async Task A_repository_that_refuses_connections()
        => (await ComparisonErrorAsync(app => app.Ensure("spec", "source")["repoURL"] = "http://127.0.0.1:9/repo.git"))
            .Should().Be($"{Prefix}Unknown desc = failed to list refs: Get \"http://127.0.0.1:9/repo.git/info/refs?service=git-upload-pack\": dial tcp 127.0.0.1:9: connect: connection refused");

    [Fact]
    public async Task A_revision_that_does_not_exist()
        => (await ComparisonErrorAsync(app => app.Ensure("spec", "source")["targetRevision"] = "nope"))
            .Should().Be($"{Prefix}Unknown desc = unable to resolve 'nope' to a commit SHA: revision not found");

    [Fact]
    public async Task A_branch_that_vanishes_is_told_and_what_it_brought_stays()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
        argo.Git.Branch(name);
        var application = argo.NewApplication(name);
        application.Ensure("spec", "source")["targetRevision"] = name;
        await argo.CreateAsync(application);
        await argo.UntilAsync(name, "OutOfSync", "Missing");
        await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/sync", new JsonObject());
        await argo.UntilAsync(name, "Synced", "Healthy");

        argo.Git.RemoveBranch(name);
        await argo.Http.SendAsync(HttpMethod.Get, $"/api/v1/applications/{name}?refresh=normal");

        (await ConditionAsync(name, "ComparisonError")).Should().Be($"{Prefix}Unknown desc = unable to resolve '{name}' to a commit SHA: revision not found");
        (await argo.Client.FindAsync(Controllers.Runtime.Client.Resources.ConfigMaps, name, "a", TestContext.Current.CancellationToken)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_path_that_does_not_exist()
        => (await ComparisonErrorAsync(app => app.Ensure("spec", "source")["path"] = "nope")).Should().Be($"{Prefix}Unknown desc = nope: app path does not exist");

    [Fact]
    public async Task A_manifest_that_is_not_YAML()
        => (await ComparisonErrorAsync(_ => { }, ("broken.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a\n")))
            .Should().StartWith($"{Prefix}FailedPrecondition desc = Failed to unmarshal \"broken.yaml\": ");

    [Fact]
    public async Task A_manifest_without_kind()
        => (await ComparisonErrorAsync(_ => { }, ("nokind.yaml", "apiVersion: v1\nmetadata: {name: a}\n")))
            .Should().StartWith($"{Prefix}FailedPrecondition desc = Failed to unmarshal \"nokind.yaml\": Object 'Kind' is missing in ");

    [Fact]
    public async Task A_project_that_does_not_exist()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
        var application = argo.NewApplication(name);
        application.Ensure("spec")["project"] = "nope";
        await argo.CreateAsync(application);
        (await ConditionAsync(name, "InvalidSpecError")).Should().Be("Application referencing project nope which does not exist");
    }

    [Fact]
    public async Task A_cluster_that_does_not_exist()
    {
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
        var application = argo.NewApplication(name);
        application.Ensure("spec")["destination"] = new JsonObject { ["name"] = "nope" };
        await argo.CreateAsync(application);
        (await ConditionAsync(name, "InvalidSpecError")).Should().Be("there are no clusters with this name: nope");
    }

    [Fact]
    public async Task A_kind_that_the_cluster_does_not_know_fails_the_sync_and_nothing_is_applied()
    {
        var name = argo.NewName();
        argo.Git.Commit(
            ($"{name}/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"),
            ($"{name}/thing.yaml", "{apiVersion: example.com/v1, kind: Thing, metadata: {name: t}}"));
        await argo.CreateAsync(argo.NewApplication(name));
        await argo.UntilAsync(name, "OutOfSync", "Missing");

        (await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/sync", new JsonObject())).Status.Should().Be(System.Net.HttpStatusCode.OK);

        var app = await argo.UntilOperationAsync(name, "Failed");
        app.Text("status", "operationState", "message").Should()
            .Be("one or more synchronization tasks are not valid: the server could not find the requested resource");
        app.Objects("status", "operationState", "syncResult", "resources").Single(one => one.Text("kind") == "Thing").Text("message").Should()
            .Be($"The Kubernetes API could not find example.com/Thing for requested resource {name}/t. Make sure the \"Thing\" CRD is installed on the destination cluster.");
    }

    [Fact]
    public async Task An_object_that_the_server_refuses_fails_the_sync_with_its_words_and_other_applications_go_on()
    {
        var (bad, good) = (argo.NewName(), argo.NewName());
        argo.Git.Commit(
            ($"{bad}/a.yaml", "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 99999}]}}"),
            ($"{good}/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
        await argo.CreateAsync(argo.NewApplication(bad));
        await argo.CreateAsync(argo.NewApplication(good));

        foreach (var name in (string[])[bad, good])
        {
            await argo.UntilAsync(name, "OutOfSync", "Missing");
            await argo.Http.SendAsync(HttpMethod.Post, $"/api/v1/applications/{name}/sync", new JsonObject());
        }

        var failed = await argo.UntilOperationAsync(bad, "Failed");
        failed.Text("status", "operationState", "message").Should().Be("one or more objects failed to apply (dry run)");
        failed.Objects("status", "operationState", "syncResult", "resources").Single(one => one.Text("kind") == "Service").Text("message").Should().Contain("99999");
        await argo.UntilAsync(good, "Synced", "Healthy");
    }
}
