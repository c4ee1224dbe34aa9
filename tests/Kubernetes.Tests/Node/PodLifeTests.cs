using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Node;

/// <summary>What a pod's status says while the node runs it, over the real API server.</summary>
public sealed class PodLifeTests(TestCluster cluster)
{
    [Fact]
    public async Task An_unknown_image_ends_in_ImagePullBackOff_and_says_why()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Pod(ns, "typo", "{ containers: [{ name: main, image: 'argoproj/rollouts-demo:bleu' }] }"));

        var pod = await cluster.EventuallyAsync(Resources.Pods, ns, "typo", Waits("ImagePullBackOff"));

        pod.Status.Phase.Should().Be("Pending");
        Only(pod).State.Waiting.Message.Should().StartWith("Back-off pulling image \"argoproj/rollouts-demo:bleu\": ErrImagePull:")
            .And.Contain("docker.io/argoproj/rollouts-demo:bleu: not found");
        await cluster.EventuallyAllAsync(Resources.Events, ns, events => events.Any(e => e.Reason == "Failed" && e.Message == "Error: ImagePullBackOff"));
    }

    [Fact]
    public async Task A_command_runs_as_a_process_and_its_exit_code_and_log_are_kept()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "fails", "echo one; echo two >&2; exit 3"));

        var pod = await cluster.EventuallyAsync(Resources.Pods, ns, "fails", pod => pod?.Status?.Phase == "Failed");

        Only(pod).State.Terminated.Should().Match<V1ContainerStateTerminated>(ended => ended.ExitCode == 3 && ended.Reason == "Error");
        (await LogAsync(ns, "fails")).Should().ContainAll("one\n", "two\n");
        (await LogAsync(ns, "fails", "?tailLines=1&timestamps=true")).Should().MatchRegex(@"^\d{4}-\d\d-\d\dT[^ ]+Z (one|two)\n$");
    }

    [Fact]
    public async Task A_process_gets_its_own_environment_and_nothing_of_ours()
    {
        System.Environment.SetEnvironmentVariable("OUR_SECRET", "inherited");
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync($"{{ apiVersion: v1, kind: Secret, metadata: {{ name: s, namespace: {ns} }}, stringData: {{ key: hidden }} }}");
        await cluster.ApplyAsync($"{{ apiVersion: v1, kind: ConfigMap, metadata: {{ name: c, namespace: {ns} }}, data: {{ A: from-map }} }}");
        await cluster.ApplyAsync(Yaml.Shell(ns, "env", "env; pwd", container: string.Join(", ",
            "envFrom: [{ configMapRef: { name: c } }]",
            "env: [{ name: S, valueFrom: { secretKeyRef: { name: s, key: key } } }, { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }, { name: E, value: '$(POD)-$(S)' }]")));

        await cluster.EventuallyAsync(Resources.Pods, ns, "env", pod => pod?.Status?.Phase == "Succeeded");

        (await LogAsync(ns, "env")).Split('\n').Should().Contain(["A=from-map", "S=hidden", "POD=env", "E=env-hidden"]).And.NotContain(line => line.Contains("OUR_SECRET"));
    }

    [Fact]
    public async Task A_crashing_container_is_restarted_with_back_off_and_keeps_its_last_state()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "crash", "echo run; exit 1", restartPolicy: "Always"));

        var pod = await cluster.EventuallyAsync(Resources.Pods, ns, "crash", Waits("CrashLoopBackOff"));

        pod.Status.Phase.Should().Be("Running");
        Only(pod).State.Waiting.Message.Should().StartWith("back-off 10s restarting failed container=main pod=crash_");
        Only(pod).LastState.Terminated.ExitCode.Should().Be(1);
        Only(pod).RestartCount.Should().Be(1);
        (await LogAsync(ns, "crash", "?previous=true")).Should().Be("run\n");
        await cluster.EventuallyAsync(Resources.Pods, ns, "crash", found => Only(found!).RestartCount == 2);
    }

    [Fact]
    public async Task A_missing_secret_holds_the_container_until_it_is_there()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "needs", "exit 0", container: "env: [{ name: S, valueFrom: { secretKeyRef: { name: later, key: k } } }]"));

        var pod = await cluster.EventuallyAsync(Resources.Pods, ns, "needs", Waits("CreateContainerConfigError"));
        Only(pod).State.Waiting.Message.Should().Be("secret \"later\" not found");

        await cluster.ApplyAsync($"{{ apiVersion: v1, kind: Secret, metadata: {{ name: later, namespace: {ns} }}, stringData: {{ k: v }} }}");
        await cluster.EventuallyAsync(Resources.Pods, ns, "needs", found => found?.Status?.Phase == "Succeeded");
    }

    [Fact]
    public async Task Init_containers_run_before_the_others_and_hold_them_back()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Pod(ns, "init", """
            { restartPolicy: Never,
              initContainers: [{ name: first, image: alpine, command: [sh, -c, "test -e /nowhere/at/all || exit 7"] }],
              containers: [{ name: main, image: alpine, command: [sh, -c, "exit 0"] }] }
            """));

        var pod = await cluster.EventuallyAsync(Resources.Pods, ns, "init", found => found?.Status?.Phase == "Failed");

        pod.Status.InitContainerStatuses.Single().State.Terminated.ExitCode.Should().Be(7);
        Only(pod).State.Waiting.Should().NotBeNull("a failed init container keeps the others from starting");
        pod.Status.Conditions.Should().Contain(condition => condition.Type == "Initialized" && condition.Status == "False");
    }

    [Fact]
    public async Task A_deleted_pod_gets_its_grace_period_and_is_killed_after_it_with_all_its_processes()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Pod(ns, "stubborn", """
            { terminationGracePeriodSeconds: 5, containers: [{ name: main, image: alpine,
              command: [sh, -c, "trap 'echo asked' TERM; sleep 1000 & echo child $!; while true; do sleep 0.05; done"] }] }
            """));
        await cluster.EventuallyAsync(Resources.Pods, ns, "stubborn", found => found?.Status?.Phase == "Running");
        var child = int.Parse((await EventuallyLogAsync(ns, "stubborn", "child ")).Split("child ")[1].Split('\n')[0]);

        await cluster.Client.DeleteAsync(Resources.Pods, ns, "stubborn", cancel: TestContext.Current.CancellationToken);

        await EventuallyLogAsync(ns, "stubborn", "asked");
        await cluster.EventuallyAsync(Resources.Pods, ns, "stubborn", found => found is null);
        (!File.Exists($"/proc/{child}/stat") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z ")).Should().BeTrue("its processes end with the pod");
    }

    [Fact]
    public async Task A_readiness_probe_decides_about_ready_and_a_liveness_probe_restarts()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Pod(ns, "probed", """
            { containers: [{ name: main, image: alpine, command: [sh, -c, "sleep 0.3; touch ready; sleep 1000"],
              readinessProbe: { exec: { command: [test, -e, ready] }, periodSeconds: 1 } }] }
            """));
        await cluster.ApplyAsync(Yaml.Pod(ns, "dead", """
            { terminationGracePeriodSeconds: 1, containers: [{ name: main, image: alpine, command: [sleep, "1000"],
              livenessProbe: { tcpSocket: { port: 9 }, periodSeconds: 1, failureThreshold: 2 } }] }
            """));

        await cluster.EventuallyAsync(Resources.Pods, ns, "probed", found => found?.Status?.Phase == "Running" && !Only(found).Ready);
        await cluster.EventuallyAsync(Resources.Pods, ns, "probed", found => Only(found!).Ready);
        await cluster.EventuallyAsync(Resources.Pods, ns, "dead", found => found?.Status?.ContainerStatuses?[0].RestartCount >= 1);
        await cluster.EventuallyAllAsync(Resources.Events, ns, events => events.Any(e => e.Message == "Container main failed liveness probe, will be restarted"));
    }

    [Fact]
    public async Task Volumes_from_config_maps_are_folders_that_arguments_reach_by_their_mount_path()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync($"{{ apiVersion: v1, kind: ConfigMap, metadata: {{ name: c, namespace: {ns} }}, data: {{ greeting: hello }} }}");
        await cluster.ApplyAsync(Yaml.Pod(ns, "mounted", """
            { restartPolicy: Never, volumes: [{ name: v, configMap: { name: c } }],
              containers: [{ name: main, image: alpine, command: [cat, /etc/demo/greeting], volumeMounts: [{ name: v, mountPath: /etc/demo }] }] }
            """));

        await cluster.EventuallyAsync(Resources.Pods, ns, "mounted", found => found?.Status?.Phase == "Succeeded");

        (await LogAsync(ns, "mounted")).Should().Be("hello\n");
    }

    [Fact]
    public async Task Of_an_optional_secret_the_keys_that_are_missing_are_left_out()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync($"{{ apiVersion: v1, kind: Secret, metadata: {{ name: s, namespace: {ns} }}, stringData: {{ there: hello }} }}");
        await cluster.ApplyAsync(Yaml.Pod(ns, "mounted", """
            { restartPolicy: Never,
              volumes: [{ name: v, secret: { secretName: s, optional: true, items: [{ key: there, path: a }, { key: missing, path: b }] } },
                        { name: w, secret: { secretName: none, optional: true, items: [{ key: any, path: c }] } }],
              containers: [{ name: main, image: alpine, command: [ls, /etc/v, /etc/w], volumeMounts: [{ name: v, mountPath: /etc/v }, { name: w, mountPath: /etc/w }] }] }
            """));

        await cluster.EventuallyAsync(Resources.Pods, ns, "mounted", found => found?.Status?.Phase == "Succeeded");

        (await LogAsync(ns, "mounted")).Split('\n').Should().Contain("a").And.NotContain("b").And.NotContain("c");
    }

    private static V1ContainerStatus Only(V1Pod pod) => pod.Status.ContainerStatuses.Single();

    private static Func<V1Pod?, bool> Waits(string reason) => pod => pod?.Status?.ContainerStatuses?[0].State.Waiting?.Reason == reason;

    private Task<string> LogAsync(string ns, string pod, string query = "")
        => cluster.Client.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{ns}/pods/{pod}/log{query}", null, TestContext.Current.CancellationToken);

    private async Task<string> EventuallyLogAsync(string ns, string pod, string text)
    {
        var found = "";
        var uid = (await cluster.Client.GetAsync(Resources.Pods, ns, pod)).Metadata.Uid;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        await foreach (var line in cluster.Logs.Read(uid, "main", new Kubernetes.Api.Logs.LogQuery { Follow = true }, patience.Token)!)
        {
            found += line.Text + "\n";
            if (found.Contains(text))
            {
                return found;
            }
        }

        throw new TimeoutException($"the log of {pod} ended without \"{text}\": {found}");
    }
}
