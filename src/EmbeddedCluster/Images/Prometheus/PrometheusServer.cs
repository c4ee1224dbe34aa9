using System.Net;
using CliWrap;
using EmbeddedCluster.Programs;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>
/// One process of the real program. At the real speed it serves its address itself; in a faster cluster it listens beside, and the address
/// belongs to a <see cref="ClusterTimeProxy"/>.
/// </summary>
/// <param name="program">The local program.</param>
/// <param name="place">Where it runs.</param>
/// <param name="scale">The cluster's clock.</param>
/// <param name="log">Gets what the program prints.</param>
internal sealed class PrometheusServer(FoundProgram program, PrometheusPlace place, TimeScale scale, TextWriter log)
{
    /// <summary>Added to the port of a Prometheus that has a proxy before it; pod addresses are the pod's own, so it is free.</summary>
    private const int BesideOffset = 10_000;

    /// <summary>How Prometheus refuses a configuration that it was not built for.</summary>
    private const string NoDiscovery = "field kubernetes_sd_configs not found";

    /// <summary>The configuration's file; it is written by whoever runs the server.</summary>
    public string ConfigFile { get; } = Path.Combine(place.Folder, "prometheus.yml");

    /// <summary>Whether the last run refused its configuration because the program was built without Kubernetes' discovery.</summary>
    public bool LacksDiscovery { get; private set; }

    /// <summary>Runs until <paramref name="stop"/> asks it to finish or <paramref name="kill"/> ends it.</summary>
    /// <param name="arguments">The container's.</param>
    /// <param name="started">Called once the process runs.</param>
    /// <param name="stop">SIGTERM.</param>
    /// <param name="kill">SIGKILL.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, Action started, CancellationToken stop, CancellationToken kill)
    {
        var served = new IPEndPoint(place.Address, PrometheusArguments.Port(arguments));
        var listen = scale.IsReal ? served : new IPEndPoint(place.Address, served.Port + BesideOffset);
        await using var proxy = scale.IsReal ? null : await ClusterTimeProxy.StartAsync(served, new Uri($"http://{listen}"), scale, stop);

        var process = Cli.Wrap(program.Path)
            .WithArguments(PrometheusArguments.For(arguments, ConfigFile, place.Storage, listen, scale))
            .WithWorkingDirectory(place.Folder)
            .WithEnvironmentVariables(OwnEnvironment())
            .WithStandardOutputPipe(PipeTarget.ToDelegate(LogAsync))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(LogAsync))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(kill);
        await using var stopping = stop.Register(() => Signals.Terminate(process.ProcessId));
        started();
        return (await process).ExitCode;
    }

    private Task LogAsync(string line)
    {
        LacksDiscovery |= line.Contains(NoDiscovery);
        return log.WriteLineAsync(line);
    }

    /// <summary>Nothing of this process' environment: it may hold secrets and proxies that a pod would not know.</summary>
    private Dictionary<string, string?> OwnEnvironment()
    {
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToDictionary(name => name, _ => (string?)null);
        variables["HOME"] = place.Folder;
        variables["GOGC"] = "400"; // samples of minutes are few: a small heap would be collected all the time
        variables["GOMAXPROCS"] = "1";
        if (OperatingSystem.IsWindows())
        {
            variables["SystemRoot"] = Environment.GetEnvironmentVariable("SystemRoot"); // without it no socket opens
        }

        return variables;
    }
}
