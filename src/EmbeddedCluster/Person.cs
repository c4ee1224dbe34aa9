using Controllers.Runtime.Manifests;
using EmbeddedCluster.Installing;
using EmbeddedCluster.Programs;

namespace EmbeddedCluster;

/// <summary>Runs a cluster for a person: says where things are, says <c>ready</c>, and stops when told to.</summary>
internal static class Person
{
    /// <returns>0 when stopped as asked, 1 when it could not start; the reason then stands on standard error.</returns>
    public static async Task<int> RunAsync(ClusterOptions options, DirectoryInfo? manifests, CancellationToken cancel)
    {
        try
        {
            var extra = manifests is null ? [] : ManifestReader.ReadFolder(manifests.FullName);
            var prometheus = options.WithStack ? PrometheusAsync(cancel) : Task.FromResult<FoundProgram?>(null);
            await using var cluster = await Cluster.StartAsync(options, cancel);
            await new Installer(cluster.Client).ApplyAsync(extra, cancel);
            Console.WriteLine(Greeting(cluster));
            if (await prometheus is { } program)
            {
                await cluster.AddPrometheusAsync(program, cancel);
                Console.WriteLine("Prometheus is ready, with host prometheus.example.com");
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return 0;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is ClusterStartException or InstallException or ManifestException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>The stack is of use without Prometheus too: then the reason is said, and it is left out.</summary>
    private static async Task<FoundProgram?> PrometheusAsync(CancellationToken cancel)
    {
        try
        {
            return await new ProgramFinder(progress: new LineProgress(Console.Error)).FindAsync(PinnedPrograms.Prometheus, cancel);
        }
        catch (ProgramMissingException missing)
        {
            await Console.Error.WriteLineAsync($"Without Prometheus: {missing.Message}");
            return null;
        }
    }

    private static string Greeting(Cluster cluster)
    {
        var lines = new List<string> { $"API      {cluster.Api.Address.AbsoluteUri.TrimEnd('/')}" };
        if (cluster.Ingress is { } ingress)
        {
            lines.Add($"Ingress  http://{ingress}  (curl -H 'Host: app.argocd.example.com' http://{ingress}/color)");
            lines.Add($"Argo CD  http://{ingress}  with host argocd.example.com, user admin, password:");
            lines.Add("         kubectl -n argo-cd get secret argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d");
        }

        if (cluster.KubeconfigPath is { } path)
        {
            lines.Add($"kubectl  export KUBECONFIG={path}");
        }

        lines.Add($"ready in {cluster.ReadyAfter.TotalSeconds:0.00} s");
        return string.Join(Environment.NewLine, lines);
    }
}
