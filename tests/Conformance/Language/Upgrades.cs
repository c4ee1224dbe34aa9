using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Fixtures.Observing;
using Fixtures.Stages;
using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>What the reader changes of Argo CD's own installation: the chart's <c>server.extensions</c>.</summary>
public static class Upgrades
{
    private const string Namespace = "argo-cd";
    private const string Server = "argo-cd-argocd-server";
    private const string Installer = "rollout-extension";

    private static readonly Resource<Unstructured> Deployments = Resources.Deployments.As<Unstructured>();

    /// <summary>Argo CD's server as its Deployment shows it; watched by <see cref="WatchesTheServer"/>.</summary>
    public static Subject<Observation> ArgoCdServer(this Stage stage) => stage.History.Object(new("Deployment", Namespace, Server));

    /// <summary>The server's pod that has the installer, with <c>.installer</c>: the status of that init container.</summary>
    public static Subject<Observation> InstallerPod(this Stage stage) => stage.History.View("Argo CD's new server pod", ["Pod"], state =>
    {
        var pod = state.Values.FirstOrDefault(one => one.Metadata.NamespaceProperty == Namespace && FieldPath.Read(one.Json, $".spec.initContainers[name={Installer}].name") is not null)?.Json;
        var shown = (JsonObject?)pod?.DeepClone();
        if (shown is not null)
        {
            shown["installer"] = FieldPath.Read(shown, $".status.initContainerStatuses[name={Installer}]")?.DeepClone();
        }

        return shown;
    });

    /// <summary>Begins to watch what belongs to Argo CD's server.</summary>
    public static async Task WatchesTheServer(this Reader reader)
    {
        await reader.Stage.History.WatchAsync(Deployments, Namespace, Server, reader.Stop);
        await reader.Stage.History.WatchAsync(Resources.Pods.As<Unstructured>(), Namespace, null, reader.Stop);
    }

    /// <summary>helm upgrade with an entry in <c>server.extensions.extensionList</c>, as the chart renders it.</summary>
    public static Task InstallsTheExtension(this Reader reader, Uri archive, Uri? checksums = null) => reader.Step(
        $"installs the rollout-extension from {archive.AbsolutePath}",
        () => reader.Stage.Cluster.Api.PatchAsync(Deployments, Namespace, Server, Patch.Strategic(Rendered(archive, checksums)), cancel: reader.Stop));

    /// <summary>helm rollback: the pod template as it was, also when the run is being stopped.</summary>
    public static Task TakesTheExtensionBack(this Reader reader, Unstructured before) => reader.Step("takes the rollout-extension back", () =>
    {
        var template = (JsonObject)FieldPath.Read(before.Json, ".spec.template")!.DeepClone();
        var spec = (JsonObject)template["spec"]!;
        spec.TryAdd("initContainers", null);
        spec.TryAdd("volumes", null);
        return reader.Stage.Cluster.Api.PatchAsync(
            Deployments, Namespace, Server, Patch.Merge(new JsonObject { ["spec"] = new JsonObject { ["template"] = template } }), cancel: CancellationToken.None);
    });

    /// <summary>Argo CD's server as it is installed now.</summary>
    public static Task<Unstructured> ServerBeforeAsync(this Stage stage, CancellationToken stop) => stage.Cluster.Api.GetAsync(Deployments, Namespace, Server, stop);

    /// <summary>What the installer wrote when it ran before, as <c>kubectl logs --previous</c> shows it.</summary>
    public static async Task FindsInTheInstallersLog(this Reader reader, params string[] lines)
    {
        var pod = reader.Stage.InstallerPod().Read(reader.Stage.History.Timeline.Since()[^1])?["metadata"]?["name"];
        await reader.Step("finds the reason in the installer's log", async () =>
        {
            var log = await reader.Stage.Cluster.Api.SendAsync(
                HttpMethod.Get, $"api/v1/namespaces/{Namespace}/pods/{pod}/log?container={Installer}&previous=true", null, reader.Stop);
            var missing = lines.Except(log.Split('\n')).ToList();
            reader.Judge(
                $"The log of init container '{Installer}'", "does not say why", string.Join(" | ", lines), log.ReplaceLineEndings(" | "), missing.Count == 0 ? null : $"no line: {missing[0]}");
        });
    }

    private static JsonObject Rendered(Uri archive, Uri? checksums) => (JsonObject)JsonNode.Parse(
        $$"""
        {
          "spec": { "template": { "spec": {
            "initContainers": [{
              "name": "{{Installer}}",
              "image": "quay.io/argoprojlabs/argocd-extension-installer:v1.0.1",
              "imagePullPolicy": "IfNotPresent",
              "securityContext": {
                "runAsNonRoot": true, "readOnlyRootFilesystem": true, "allowPrivilegeEscalation": false, "runAsUser": 1000,
                "seccompProfile": { "type": "RuntimeDefault" }, "capabilities": { "drop": ["ALL"] }
              },
              "volumeMounts": [{ "name": "extensions", "mountPath": "/tmp/extensions/" }, { "name": "tmp", "mountPath": "/tmp" }],
              "env": [
                { "name": "EXTENSION_NAME", "value": "{{Installer}}" },
                { "name": "EXTENSION_URL", "value": "{{archive}}" },
                { "name": "EXTENSION_CHECKSUM_URL", "value": "{{checksums}}" }
              ]
            }],
            "containers": [{ "name": "server", "volumeMounts": [{ "name": "extensions", "mountPath": "/tmp/extensions" }, { "name": "tmp", "mountPath": "/tmp" }] }],
            "volumes": [{ "name": "extensions", "emptyDir": {} }, { "name": "tmp", "emptyDir": {} }]
          } } }
        }
        """)!;
}
