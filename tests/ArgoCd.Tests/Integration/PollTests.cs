using System.Text.Json.Nodes;
using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Tests.Integration;

/// <summary>Polling, with an interval set in argocd-cm.</summary>
public sealed class PollTests(ArgoCdInstance argo) : IClassFixture<ArgoCdInstance>
{
    private static string Map(string value) => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: a}}, data: {{key: {value}}}}}";

    [Fact]
    public async Task A_push_is_seen_by_the_poll_and_an_automated_application_deploys_it()
    {
        var stop = TestContext.Current.CancellationToken;
        var settings = (JsonObject)JsonNode.Parse("""{"data": {"timeout.reconciliation": "2s", "timeout.reconciliation.jitter": "0s"}}""")!;
        await argo.Client.PatchAsync(Resources.ConfigMaps, ArgoCdInstance.Namespace, "argocd-cm", Patch.Merge(settings), cancel: stop);
        var name = argo.NewName();
        argo.Git.Commit(($"{name}/a.yaml", Map("one")));
        await argo.CreateAsync(argo.NewApplication(name, "{automated: {}, syncOptions: [CreateNamespace=true]}"));
        await argo.UntilAsync(name, "Synced", "Healthy");

        var commit = argo.Git.Commit(($"{name}/a.yaml", Map("two")));

        var app = await argo.UntilAsync(name, one => one.Text("status", "sync", "revision") == commit && one.Text("status", "sync", "status") == "Synced", "synced to the push");
        app.Flag("status", "operationState", "operation", "initiatedBy", "automated").Should().BeTrue();
        (await argo.Client.GetAsync(Resources.ConfigMaps, name, "a", stop)).Data["key"].Should().Be("two");
    }
}
