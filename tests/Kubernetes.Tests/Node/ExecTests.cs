using CliWrap;
using Controllers.Runtime.Client;
using Kubernetes.Controllers.Pods;
using Kubernetes.Node.Programs;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Node;

/// <summary>kubectl exec: over WebSocket, in the folder and environment of a container.</summary>
public sealed class ExecTests(TestCluster cluster)
{
    [Fact]
    public async Task A_command_runs_in_the_container_and_its_exit_code_is_kubectls()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "shell", "echo here > mark; sleep 100000", container: "env: [{ name: WHO, value: pod }]"));
        await cluster.EventuallyAsync(Resources.Pods, ns, "shell", found => found?.IsReady() == true);

        (await cluster.KubectlAsync(ns, "exec", "shell", "--", "sh", "-c", "while [ ! -e mark ]; do sleep 0.1; done; cat mark; echo $WHO; echo wrong >&2"))
            .Should().ContainAll("here\n", "pod\n", "wrong\n");
        (await cluster.KubectlAsync(ns, "exec", "shell", "--", "sh", "-c", "exit 3")).Should().Contain("command terminated with exit code 3");
        (await cluster.KubectlAsync(ns, "exec", "shell", "--", "no-such-program")).Should().Contain("executable file not found in $PATH");
        (await cluster.KubectlAsync(ns, "cp", cluster.KubeconfigFile, $"{ns}/shell:copied")).Should().NotContain("rror");
        (await cluster.KubectlAsync(ns, "exec", "shell", "--", "cat", "copied")).Should().Contain("kind: Config");
    }

    [Fact]
    public async Task A_process_has_its_pods_host_name_and_finds_services_by_name_also_one_that_comes_later()
    {
        Assert.SkipUnless(PodNamespaces.Available, "this machine lets nobody make mount namespaces");
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "shell", "sleep 100000"));
        await cluster.EventuallyAsync(Resources.Pods, ns, "shell", found => found?.IsReady() == true);
        await cluster.ApplyAsync(Demo.Service(ns, "late"));
        var service = await cluster.Client.GetAsync(Resources.Services, ns, "late", TestContext.Current.CancellationToken);

        (await cluster.KubectlAsync(ns, "exec", "shell", "--", "hostname")).Should().Be("shell\n");
        foreach (var name in (string[])["late", $"late.{ns}", $"late.{ns}.svc", $"late.{ns}.svc.cluster.local"])
        {
            (await cluster.KubectlAsync(ns, "exec", "shell", "--", "sh", "-c", $"until getent hosts {name}; do sleep 0.1; done")).Should().StartWith(service.Spec.ClusterIP);
        }
    }

    [Fact]
    public async Task A_client_without_WebSockets_is_served_over_SPDY()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "shell", "sleep 100000"));
        await cluster.EventuallyAsync(Resources.Pods, ns, "shell", found => found?.IsReady() == true);

        (await cluster.KubectlOverSpdyAsync(ns, PipeSource.Null, "exec", "shell", "--", "sh", "-c", "echo out; echo wrong >&2")).Should().ContainAll("out\n", "wrong\n");
        (await cluster.KubectlOverSpdyAsync(ns, PipeSource.Null, "exec", "shell", "--", "sh", "-c", "exit 3")).Should().Contain("command terminated with exit code 3");
        var lines = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"line {i}\n"));
        (await cluster.KubectlOverSpdyAsync(ns, PipeSource.FromString(lines), "exec", "-i", "shell", "--", "sh", "-c", "cat | wc -l")).Should().Contain("50000\n");
        (await cluster.KubectlOverSpdyAsync(ns, PipeSource.Null, "exec", "shell", "--", "seq", "1", "100000")).Should().EndWith("\n99999\n100000\n");
    }

    [Fact]
    public async Task A_program_of_this_process_refuses_clearly()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Pod(ns, "demo", "{ containers: [{ name: main, image: 'argoproj/rollouts-demo:blue' }] }"));
        await cluster.EventuallyAsync(Resources.Pods, ns, "demo", found => found?.IsReady() == true);

        (await cluster.KubectlAsync(ns, "exec", "demo", "--", "ls")).Should().Contain("exec is not possible in image");
    }
}
