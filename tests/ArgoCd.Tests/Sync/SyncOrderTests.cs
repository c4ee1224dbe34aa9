using ArgoCd.Sync;

namespace ArgoCd.Tests.Sync;

public sealed class SyncOrderTests
{
    private static SyncTask Task(string kind, string name, int wave = 0, string phase = "Sync", string? @namespace = null, string apiVersion = "v1")
        => new(
            phase,
            Yaml.Object($$"""
                apiVersion: {{apiVersion}}
                kind: {{kind}}
                metadata: { name: {{name}}, namespace: {{@namespace ?? "\"\""}}, annotations: {argocd.argoproj.io/sync-wave: "{{wave}}"} }
                """),
            live: null);

    private static SyncTask Prune(string name, int wave)
        => new("Sync", target: null, live: Yaml.Object($"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}, annotations: {{argocd.argoproj.io/sync-wave: \"{wave}\"}}}}}}"));

    private static string[] Names(IEnumerable<SyncTask> tasks) => [.. tasks.Select(task => task.Object.Metadata.Name)];

    [Fact]
    public void Phases_come_first_then_waves_then_kinds_then_names()
        => Names(SyncOrder.Sort([
            Task("Ingress", "ingress"), Task("Service", "b"), Task("Service", "a"), Task("Rollout", "rollout"), Task("ConfigMap", "late", wave: 1),
            Task("ConfigMap", "early", wave: -1), Task("Job", "after", phase: "PostSync"), Task("Job", "before", phase: "PreSync"),
        ])).Should().Equal("before", "early", "a", "b", "ingress", "rollout", "late", "after");

    [Fact]
    public void A_namespace_comes_before_what_lives_in_it_whatever_its_wave()
    {
        var sorted = SyncOrder.Sort([Task("ConfigMap", "in", @namespace: "shop"), Task("Namespace", "shop", wave: 5)]);
        Names(sorted).Should().Equal("shop", "in");
        sorted[0].Wave.Should().Be(0);
    }

    [Fact]
    public void A_definition_comes_before_its_objects()
    {
        var definition = new SyncTask("Sync", Yaml.Object("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.example.com, annotations: {argocd.argoproj.io/sync-wave: "1"}}
            spec: {group: example.com, names: {kind: Thing}}
            """), live: null);
        Names(SyncOrder.Sort([Task("Thing", "one", apiVersion: "example.com/v1"), definition])).Should().Equal("things.example.com", "one");
    }

    [Fact]
    public void Prunes_run_in_the_reverse_of_their_waves()
    {
        SyncTask[] tasks = [Prune("first", -1), Prune("middle", 2), Prune("last", 7)];
        SyncOrder.ReversePruneWaves(tasks, pruneLast: false);
        tasks.Select(task => task.Wave).Should().Equal(7, 2, -1);
    }

    [Fact]
    public void Prunes_that_come_last_come_after_every_wave()
    {
        SyncTask[] tasks = [Task("ConfigMap", "a", wave: 3), Prune("b", 0)];
        SyncOrder.ReversePruneWaves(tasks, pruneLast: true);
        tasks[1].Wave.Should().Be(4);
    }
}
