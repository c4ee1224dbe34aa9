using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Fixtures.Observing;
using Fixtures.Stages;
using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>kubectl delete, and what is left after it.</summary>
public static class Destruction
{
    /// <summary>The names of all objects of a kind that are meant.</summary>
    public static async Task<string[]> NamesAsync(this Stage stage, Resource<Unstructured> kind, Func<string, bool> meant, CancellationToken stop) =>
        [.. (await stage.Cluster.Api.ListAsync(kind, null, null, stop)).Items.Select(item => item.Metadata.Name).Where(meant).Order(StringComparer.Ordinal)];

    /// <summary>Deletes an object in no namespace and waits until it is gone.</summary>
    public static Task Destroys(this Reader reader, Resource<Unstructured> kind, string name, Expectation gone, TimeSpan within) =>
        reader.Destroys(kind, [name], gone, within);

    /// <summary>Deletes objects in no namespace, all of them at once, and waits until each is gone.</summary>
    public static async Task Destroys(this Reader reader, Resource<Unstructured> kind, string[] names, Expectation gone, TimeSpan within)
    {
        await reader.Step($"deletes {kind.Plural} {string.Join(", ", names)}", async () =>
        {
            foreach (var name in names)
            {
                await reader.Stage.Cluster.Api.DeleteAsync(kind, null, name, cancel: reader.Stop);
            }
        });
        foreach (var name in names)
        {
            await reader.Sees(reader.Stage.History.Object(new(kind.Kind, "", name)), gone, within);
        }
    }

    /// <summary>Takes the finalizers off an object of the scenario's namespace, as who holds it does in the end.</summary>
    public static Task Releases(this Reader reader, Resource<Unstructured> kind, string name) => reader.Step(
        $"releases {kind.Kind} {name}",
        () => reader.Stage.Cluster.Api.PatchAsync(
            kind, reader.Stage.Names.Namespace, name, Patch.Merge(new() { ["metadata"] = new JsonObject { ["finalizers"] = null } }), cancel: reader.Stop));

    /// <summary>There is no object of a kind in any namespace, but for those that belong to Kubernetes itself.</summary>
    public static Task FindsNone(this Reader reader, Resource<Unstructured> kind, params string[] but) => reader.Step(
        $"finds no {kind.Plural} left", async () =>
        {
            var left = (await reader.Stage.Cluster.Api.ListAsync(kind, null, null, reader.Stop)).Items
                .Select(item => $"{item.Metadata.NamespaceProperty}/{item.Metadata.Name}")
                .Except(but)
                .ToList();
            reader.Judge("The cluster", $"still has {kind.Plural}", "none", string.Join(", ", left), left.Count == 0 ? null : $"{left.Count} left");
        });
}
