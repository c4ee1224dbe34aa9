using Conformance.Canary;
using Conformance.Language;
using Conformance.Running;
using Controllers.Runtime.Client;
using Fixtures.Observing;
using static Conformance.Language.Duration;

namespace Conformance.Teardown;

/// <summary>R23: the chapter's end, on a cluster of its own.</summary>
public sealed class Destroying(SuiteRun suite) : Scenario(suite)
{
    private static readonly Resource<Unstructured> Namespaces = Resources.Namespaces.As<Unstructured>();

    private static readonly Resource<Unstructured> Definitions = Resources.CustomResourceDefinitions.As<Unstructured>();

    [Scenario(
        "TEAR-01",
        "Leaves a canary paused, deletes Argo CD's namespace first and then all others, as the chapter does, and then the definitions: nothing stays and nothing is stuck.",
        Rows = ["R23"],
        Catches =
        [
            "CD-14, CD-16: a finalizer that nobody is left to remove",
            "a definition whose objects cannot be deleted any more",
            "pods that outlive their namespace",
        ])]
    public Task Deleting_the_namespaces_leaves_nothing_behind_and_nothing_stuck() => PlayAloneAsync(CanaryStory.Path, async reader =>
    {
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        await reader.Stage.History.WatchAsync(Namespaces, null, null, reader.Stop);
        await reader.Stage.History.WatchAsync(Definitions, null, null, reader.Stop);

        await reader.Destroys(Namespaces, "argo-cd", Is.GoneNamespace, within: Seconds(60));
        var others = await reader.Stage.NamesAsync(Namespaces, name => name != "default" && !name.StartsWith("kube-", StringComparison.Ordinal), reader.Stop);
        await reader.Destroys(Namespaces, others, Is.GoneNamespace, within: Seconds(120));
        var definitions = await reader.Stage.NamesAsync(Definitions, name => name.EndsWith(".argoproj.io", StringComparison.Ordinal), reader.Stop);
        await reader.Destroys(Definitions, definitions, Is.GoneDefinition, within: Seconds(60));

        await reader.Sees(reader.Stage.Contents(), Has.Nothing, within: Seconds(30));
        await reader.FindsNone(Resources.Pods.As<Unstructured>());
        await reader.FindsNone(Resources.Services.As<Unstructured>(), "default/kubernetes");
        await reader.FindsNone(Resources.Ingresses.As<Unstructured>());
    });
    [Scenario(
        "TEAR-02",
        "Deletes a namespace in which somebody holds an object by a finalizer: the namespace stays, says what is left in it and whose finalizer that is, and goes when it is released.",
        Refuses = ["R23"],
        Catches = ["CD-14: a namespace that is gone while its content is held", "a teardown that is stuck and does not say on what"])]
    public Task A_namespace_that_is_held_names_what_is_left_and_who_holds_it() => PlayAsync(CanaryStory.Path, async reader =>
    {
        const string holder = "example.com/hold";
        var (api, name) = (reader.Stage.Cluster.Api, reader.Stage.Names.Namespace);
        var held = reader.Stage.History.Object(new(Namespaces.Kind, "", name));
        await reader.Stage.History.WatchAsync(Namespaces, null, name, reader.Stop);
        await reader.CreatesTheNamespace();
        await reader.Step($"creates a ConfigMap that {holder} holds", () => api.CreateAsync(
            Resources.ConfigMaps, new() { Metadata = new() { Name = "held", NamespaceProperty = name, Finalizers = [holder] } }, reader.Stop));

        await reader.Step($"deletes namespace {name}", () => api.DeleteAsync(Namespaces, null, name, cancel: reader.Stop));
        await reader.Sees(held, Is.HeldNamespace("configmaps.", holder), within: Seconds(60));
        await reader.KeepsSeeing(held, Is.Deleting, during: Seconds(10));
        await reader.Finds(
            "finds the holder named in what a wait for its end would report",
            held.Name,
            "would not be told apart from one that nobody holds",
            $"a difference that names {holder}",
            () =>
            {
                var report = string.Join("; ", Is.GoneNamespace.Compare(held.Read(reader.Stage.History.Timeline.Since()[^1])).Select(difference => $"{difference.Path} {difference.Observed}"));
                return (report, report.Contains(holder, StringComparison.Ordinal) ? null : "it is not named");
            });
        await reader.Releases(Resources.ConfigMaps.As<Unstructured>(), "held");
        await reader.Sees(held, Is.Gone, within: Seconds(60));
    });
}
