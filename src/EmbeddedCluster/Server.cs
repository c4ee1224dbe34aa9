using EmbeddedCluster.Programs;

namespace EmbeddedCluster;

/// <summary>Runs a bare cluster as a server among machines: log lines instead of a greeting, the clock published for those who must follow it.</summary>
internal static class Server
{
    /// <returns>0 when stopped as asked, 1 when it could not start; the reason then stands in the log.</returns>
    public static async Task<int> RunAsync(ClusterOptions options, CancellationToken cancel)
    {
        var log = new ServerLog(Console.Out, TimeProvider.System);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(options.KubeconfigPath!)!);
            log.Info("Starting the embedded cluster");
            await using var cluster = await Cluster.StartAsync(options, cancel);
            if (await PrometheusAsync(log, cancel) is { } program)
            {
                cluster.OfferPrometheus(program);
            }

            await ClusterClock.PublishAsync(cluster.Client, cluster.Time, cancel);
            log.Info($"Wrote kubeconfig {options.KubeconfigPath}");
            log.Info("Node controller sync successful"); // the line that Testcontainers.K3s waits for
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return 0;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception failure) when (failure is ClusterStartException or IOException or UnauthorizedAccessException)
        {
            log.Fatal(failure.Message);
            return 1;
        }
    }

    /// <summary>Only what is on the machine: a server does not wait for downloads.</summary>
    private static async Task<FoundProgram?> PrometheusAsync(ServerLog log, CancellationToken cancel)
    {
        try
        {
            return await new ProgramFinder().FindAsync(PinnedPrograms.Prometheus.OnThisMachine(), cancel);
        }
        catch (ProgramMissingException missing)
        {
            log.Info($"Without the image quay.io/prometheus/prometheus: {missing.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }
}
