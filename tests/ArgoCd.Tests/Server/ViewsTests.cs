using ArgoCd.Json;
using ArgoCd.Live;
using ArgoCd.Server.Routes;
using ArgoCd.Server.Views;

namespace ArgoCd.Tests.Server;

public sealed class ViewsTests
{
    [Fact]
    public void Equal_secrets_get_equally_many_pluses_and_different_ones_do_not()
    {
        var masked = SecretMasking.Mask(
            Yaml.Json("{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {same: a, other: b}}"),
            Yaml.Json("{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {same: YQ==, other: Yw==}}"));

        masked[0].Text("data", "same").Should().Be("++++++++").And.Be(masked[1].Text("data", "same"));
        masked[0].Text("data", "other").Should().NotBe(masked[1].Text("data", "other"));
    }

    [Fact]
    public void A_node_of_the_tree_names_its_parent_health_and_images()
    {
        var node = ResourceTreeView.Node(Yaml.Object("""
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: web-1
              namespace: shop
              uid: u
              resourceVersion: "5"
              creationTimestamp: "2026-08-01T00:00:00Z"
              annotations: {rollout.argoproj.io/revision: "2"}
              ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web, uid: r, controller: true}]
            spec: {replicas: 1, template: {spec: {containers: [{name: a, image: "demo:blue"}]}}}
            status: {availableReplicas: 1}
            """));
        node.ToJsonString().Should().Be(
            """{"group":"apps","version":"v1","kind":"ReplicaSet","namespace":"shop","name":"web-1","uid":"u","parentRefs":[{"group":"argoproj.io","version":"v1alpha1","kind":"Rollout","namespace":"shop","name":"web","uid":"r"}],"info":[{"name":"Revision","value":"Rev:2"}],"resourceVersion":"5","images":["demo:blue"],"health":{"status":"Healthy"},"createdAt":"2026-08-01T00:00:00Z"}""");
    }

    [Fact]
    public void A_change_of_the_status_alone_is_relevant_only_when_it_changes_the_health()
    {
        var before = Yaml.Object("{apiVersion: v1, kind: Pod, metadata: {name: p, resourceVersion: '1'}, status: {phase: Pending}}");
        var same = Yaml.Object("{apiVersion: v1, kind: Pod, metadata: {name: p, resourceVersion: '2'}, status: {phase: Pending, startTime: x}}");
        var failed = Yaml.Object("{apiVersion: v1, kind: Pod, metadata: {name: p, resourceVersion: '2'}, status: {phase: Failed}}");
        var labelled = Yaml.Object("{apiVersion: v1, kind: Pod, metadata: {name: p, resourceVersion: '2', labels: {a: b}}, status: {phase: Pending}}");

        ResourceUpdates.IsRelevant(before, same).Should().BeFalse();
        ResourceUpdates.IsRelevant(before, failed).Should().BeTrue();
        ResourceUpdates.IsRelevant(before, labelled).Should().BeTrue();
        ResourceUpdates.IsRelevant(before, null).Should().BeTrue();
    }

    [Fact]
    public void Extensions_are_served_as_one_script_each_kept_from_breaking_the_others()
    {
        var folder = Directory.CreateTempSubdirectory("argocd-extensions-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "resources", "extension-Rollout.js"));
            File.WriteAllText(Path.Combine(folder.FullName, "resources", "extension-Rollout.js", "extensions-Rollout.js"), "register();");
            File.WriteAllText(Path.Combine(folder.FullName, "other.js"), "not an extension");

            var script = ExtensionScripts.Read(folder.FullName);

            script.Should().Contain("try {\nregister();\n} catch(e)").And.Contain("extensions-Rollout.js failed to load").And.NotContain("not an extension");
            ExtensionScripts.Read(null).Should().BeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
