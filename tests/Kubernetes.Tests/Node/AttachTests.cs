using CliWrap;
using Controllers.Runtime.Client;
using Kubernetes.Controllers.Pods;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Node;

/// <summary>kubectl attach and kubectl run -i: the streams of a container's own program.</summary>
public sealed class AttachTests(TestCluster cluster)
{
    [Fact]
    public async Task What_is_typed_reaches_the_program_and_what_it_prints_comes_back()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "echo", "read line; echo got $line; echo wrong >&2", container: "stdin: true, stdinOnce: true"));
        await cluster.EventuallyAsync(Resources.Pods, ns, "echo", found => found?.IsReady() == true);

        (await cluster.KubectlAsync(ns, PipeSource.FromString("some words\n"), _ => { }, "attach", "-i", "echo")).Should().ContainAll("got some words\n", "wrong\n");
        (await cluster.KubectlAsync(ns, "logs", "echo")).Should().ContainAll("got some words\n", "wrong\n");
    }

    [Fact]
    public async Task Kubectl_run_with_input_prints_the_answer_and_removes_its_pod()
    {
        var ns = await cluster.NamespaceAsync();
        (await cluster.KubectlAsync(ns, PipeSource.FromString("a\nb\n"), _ => { }, "run", "count", "--rm", "-i", "--quiet", "--restart=Never", "--image=alpine:3.8", "--command", "--", "wc", "-l"))
            .Should().Contain("2\n");
        await cluster.EventuallyAsync(Resources.Pods, ns, "count", found => found is null);
    }

    [Fact]
    public async Task Without_input_the_program_reads_its_end_at_once()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "closed", "cat; echo end"));
        await cluster.EventuallyAsync(Resources.Pods, ns, "closed", found => found?.Status?.Phase == "Succeeded");
        (await cluster.KubectlAsync(ns, "attach", "closed")).Should().Contain("cannot attach a container in a completed pod; current phase is Succeeded");
    }

    [Fact]
    public async Task Of_a_program_of_this_process_its_log_is_followed_from_now_on()
    {
        var ns = await cluster.NamespaceAsync();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Images.Add($"example.com/{ns}", new ScriptedProgram(async (context, stop) =>
        {
            await context.Output.WriteLineAsync("before");
            using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1), context.Time);
            while (!seen.Task.IsCompleted && await seconds.WaitForNextTickAsync(stop))
            {
                await context.Output.WriteLineAsync("tick");
            }

            return 0;
        }));
        await cluster.ApplyAsync(Yaml.Pod(ns, "scripted", $"{{ restartPolicy: Never, containers: [{{ name: main, image: 'example.com/{ns}:v1' }}] }}"));
        await cluster.EventuallyAsync(Resources.Pods, ns, "scripted", found => found?.IsReady() == true);

        (await cluster.KubectlAsync(ns, PipeSource.Null, _ => seen.TrySetResult(), "attach", "scripted")).Should().Contain("tick").And.NotContain("before");
    }
}
