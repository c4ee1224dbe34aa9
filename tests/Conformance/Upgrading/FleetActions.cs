using System.Text.Json.Nodes;
using Conformance.Language;
using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;
using Fixtures.Clusters.Upgrading;
using Fixtures.Git;
using Fixtures.Observing;

namespace Conformance.Upgrading;

/// <summary>What the reader does to the rollouts with kubectl, and to the controller.</summary>
internal static class FleetActions
{
    private static readonly Resource<Unstructured> Rollouts = WatchedKinds.InNamespace[0];

    /// <summary>kubectl apply: everything of manifests/upgrade in blue.</summary>
    public static Task AppliesTheRollouts(this Reader reader) => reader.Step("applies the rollouts in blue", async () =>
    {
        var (api, @namespace) = (reader.Stage.Cluster.Api, reader.Stage.Names.Namespace);
        await api.CreateAsync(Resources.Namespaces, new() { Metadata = new() { Name = @namespace } }, reader.Stop);
        var discovery = await Discovery.ReadAsync(api, reader.Stop);
        var manifests = SeedFiles.Of(reader.Stage.Names.Path, text => text.Replace("NAMESPACE", @namespace));
        foreach (var manifest in manifests.SelectMany(file => ManifestReader.Read(file.Value, file.Key)).OrderBy(one => one.Kind == "Rollout"))
        {
            manifest.Metadata.NamespaceProperty = @namespace;
            await api.CreateAsync(discovery.Find(manifest.ApiVersion, manifest.Kind)!.Resource, manifest, reader.Stop);
        }
    });

    /// <summary>kubectl argo rollouts set image.</summary>
    public static Task Updates(this Reader reader, string tag, params string[] rollouts) => reader.Each($"sets the image to {tag}", rollouts, rollout => reader.PatchAsync(
        rollout,
        null,
        Patch.Json([new JsonObject { ["op"] = "replace", ["path"] = "/spec/template/spec/containers/0/image", ["value"] = $"argoproj/rollouts-demo:{tag}" }])));

    /// <summary>
    /// What RO-01 is to everybody outside of the controller: the template of a rollout that nobody changed is another one to it, of another hash.
    /// </summary>
    public static Task ReadsTheTemplateDifferently(this Reader reader, string rollout) => reader.PatchAsync(
        rollout, null, Patch.Merge(new() { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["terminationGracePeriodSeconds"] = 29 } } } }));

    /// <summary>kubectl argo rollouts promote, of what is paused.</summary>
    public static Task Promotes(this Reader reader, params string[] rollouts) => reader.Each(
        "promotes", rollouts, rollout => reader.PressesAsync(rollout, Patch.Merge(new() { ["status"] = new JsonObject { ["pauseConditions"] = null } })));

    /// <summary>kubectl argo rollouts abort.</summary>
    public static Task Aborts(this Reader reader, string rollout) => reader.Each(
        "aborts", [rollout], _ => reader.PressesAsync(rollout, Patch.Merge(new() { ["status"] = new JsonObject { ["abort"] = true } })));

    /// <summary>kubectl argo rollouts retry rollout.</summary>
    public static Task Retries(this Reader reader, string rollout) => reader.Each(
        "retries", [rollout], _ => reader.PressesAsync(rollout, Patch.Merge(new() { ["status"] = new JsonObject { ["abort"] = false } })));

    /// <summary>Creates the ConfigMap for which the Job of the analysis waits.</summary>
    public static Task LetsTheJobSucceed(this Reader reader) => reader.Step("lets the Job of the analysis go on", () => reader.Stage.Cluster.Api.CreateAsync(
        Resources.ConfigMaps,
        new() { Metadata = new() { Name = "verdict", NamespaceProperty = reader.Stage.Names.Namespace }, Data = new Dictionary<string, string> { ["exit"] = "0" } },
        reader.Stop));

    /// <summary>Begins to watch the controller's pods and its Lease.</summary>
    public static async Task WatchesTheController(this Reader reader, Upgrade upgrade)
    {
        await reader.Stage.History.WatchAsync(Resources.Pods.As<Unstructured>(), upgrade.Namespace, null, reader.Stop);
        await reader.Stage.History.WatchAsync(Resources.Leases.As<Unstructured>(), upgrade.Namespace, "argo-rollouts-controller-lock", reader.Stop);
    }

    private static Task Each(this Reader reader, string what, string[] rollouts, Func<string, Task> act) =>
        reader.Step($"{what}: {string.Join(", ", rollouts)}", () => Task.WhenAll(rollouts.Select(act)));

    private static async Task PressesAsync(this Reader reader, string rollout, Patch patch)
    {
        await reader.LooksAt(reader.Stage.Rollout(rollout));
        await reader.PatchAsync(rollout, "status", patch);
    }

    private static Task PatchAsync(this Reader reader, string rollout, string? subresource, Patch patch) =>
        reader.Stage.Cluster.Api.PatchAsync(Rollouts, reader.Stage.Names.Namespace, rollout, patch, subresource, reader.Stop);
}
