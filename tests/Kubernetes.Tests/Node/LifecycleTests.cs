using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Node.Containers;
using Kubernetes.Node.Pods;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Node;

/// <summary>Sidecars, hooks and tokens, with real processes.</summary>
public sealed class LifecycleTests(TestCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sidecar_runs_beside_the_container_and_ends_after_it()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Pod(ns, "pair", """
            { restartPolicy: Never, terminationGracePeriodSeconds: 5,
              initContainers: [{ name: side, image: "alpine:3.8", restartPolicy: Always, command: [sleep, "100000"] }],
              containers: [{ name: main, image: "alpine:3.8", command: [sh, -c, "exit 0"] }] }
            """));

        var pod = await cluster.EventuallyAsync(Resources.Pods, ns, "pair", found => found?.Status?.Phase == "Succeeded"
            && found.Status.InitContainerStatuses[0].State.Terminated is not null);

        pod.Status.ContainerStatuses[0].State.Terminated.ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_sidecar_that_was_up_once_keeps_nothing_waiting()
    {
        var side = new ContainerSnapshot { Name = "side", Image = "i", IsSidecar = true };
        var main = new ContainerSnapshot { Name = "main", Image = "i", State = new V1ContainerState { Running = new V1ContainerStateRunning() } };
        var spec = new V1PodSpec { RestartPolicy = "Always" };

        PodPhase.Of(spec, [side], [main], terminal: false).Should().Be("Pending");
        PodPhase.Of(spec, [side with { WasStarted = true }], [main], terminal: false).Should().Be("Running");
    }

    [Fact]
    public async Task A_container_runs_when_its_postStart_hook_is_through_and_ends_after_its_preStop_hook()
    {
        var ns = await cluster.NamespaceAsync();
        // deaf to SIGTERM: without the hook it would stay for its whole grace period, a minute of this machine
        await cluster.ApplyAsync(Yaml.Pod(ns, "hooked", """
            { terminationGracePeriodSeconds: 600,
              containers: [{ name: main, image: "alpine:3.8", command: [sh, -c, "trap '' TERM; while [ ! -e started ]; do sleep 0.1; done; echo seen; while [ ! -e stopping ]; do sleep 0.1; done"],
                lifecycle: { postStart: { exec: { command: [touch, started] } }, preStop: { exec: { command: [touch, stopping] } } } }] }
            """));
        await cluster.EventuallyAsync(Resources.Pods, ns, "hooked", found => found?.Status?.Phase == "Running");

        await cluster.Client.DeleteAsync(Resources.Pods, ns, "hooked", cancel: Stop);

        await cluster.EventuallyAsync(Resources.Pods, ns, "hooked", found => found is null);
    }

    [Fact]
    public async Task A_failing_postStart_hook_restarts_the_container()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Pod(ns, "failing", """
            { terminationGracePeriodSeconds: 1,
              containers: [{ name: main, image: "alpine:3.8", command: [sleep, "100000"], lifecycle: { postStart: { exec: { command: [sh, -c, "exit 3"] } } } }] }
            """));

        await cluster.EventuallyAsync(Resources.Pods, ns, "failing", found => found?.Status?.ContainerStatuses?[0].RestartCount > 0);
        await cluster.EventuallyAllAsync(Resources.Events, ns, events => events.Any(e => e.Reason == "FailedPostStartHook"));
    }

    [Fact]
    public async Task A_projected_token_is_the_service_accounts()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.EventuallyAsync(Resources.ServiceAccounts, ns, "default", found => found is not null);
        await cluster.ApplyAsync(Yaml.Pod(ns, "holder", """
            { restartPolicy: Never,
              volumes: [{ name: t, projected: { sources: [{ serviceAccountToken: { path: token } }, { configMap: { name: kube-root-ca.crt } },
                { downwardAPI: { items: [{ path: namespace, fieldRef: { fieldPath: metadata.namespace } }] } }] } }],
              containers: [{ name: main, image: "alpine:3.8", command: [cat, /var/run/secrets/token, /var/run/secrets/namespace, /var/run/secrets/ca.crt],
                volumeMounts: [{ name: t, mountPath: /var/run/secrets }] }] }
            """));

        await cluster.EventuallyAsync(Resources.Pods, ns, "holder", found => found?.Status?.Phase == "Succeeded");

        var log = await cluster.Client.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{ns}/pods/holder/log", body: null, Stop);
        log.Should().StartWith("eyJ").And.Contain($"{ns}-----BEGIN CERTIFICATE-----");
    }

    [Fact]
    public async Task A_process_reaches_the_api_with_the_files_that_every_pod_gets()
    {
        const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";
        var ns = await cluster.NamespaceAsync();
        await cluster.EventuallyAsync(Resources.ServiceAccounts, ns, "default", found => found is not null);
        await cluster.ApplyAsync(Yaml.Pod(ns, "holder", $"{{ restartPolicy: Never, containers: [{{ name: main, image: 'alpine:3.8', command: [cat, {Folder}/token, {Folder}/namespace, {Folder}/ca.crt] }}] }}"));

        await cluster.EventuallyAsync(Resources.Pods, ns, "holder", found => found?.Status?.Phase == "Succeeded");

        var log = await cluster.Client.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{ns}/pods/holder/log", body: null, Stop);
        log.Should().StartWith("eyJ").And.Contain($"{ns}-----BEGIN CERTIFICATE-----");
    }
}
