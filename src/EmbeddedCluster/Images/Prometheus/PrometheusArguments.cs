using System.Net;
using EmbeddedCluster.Images.Prometheus.PromQl;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>The command line of the local program, from the container's.</summary>
internal static class PrometheusArguments
{
    private const string ConfigFlag = "--config.file=";
    private const string StorageFlag = "--storage.tsdb.path=";
    private const string ListenFlag = "--web.listen-address=";
    private const string LookbackFlag = "--query.lookback-delta=";
    private const string ReloadFlag = "--scrape.discovery-reload-interval=";

    // what the image's own command says
    private const string DefaultConfig = "/etc/prometheus/prometheus.yml";
    private const string DefaultStorage = "/prometheus";

    // prometheus.io, command line: the flags' defaults
    private static readonly TimeSpan DefaultLookback = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DefaultReload = TimeSpan.FromSeconds(5);

    /// <summary>A sample must outlive the pauses of a busy machine.</summary>
    private static readonly TimeSpan ShortestLookback = TimeSpan.FromSeconds(1);

    /// <summary>Path of the configuration inside the container.</summary>
    public static string ConfigFile(IEnumerable<string> arguments) => Value(arguments, ConfigFlag) ?? DefaultConfig;

    /// <summary>Path of the samples inside the container.</summary>
    public static string Storage(IEnumerable<string> arguments) => Value(arguments, StorageFlag) ?? DefaultStorage;

    /// <summary>Port that the container's clients use.</summary>
    public static int Port(IEnumerable<string> arguments)
        => Value(arguments, ListenFlag) is { } address && int.TryParse(address[(address.LastIndexOf(':') + 1)..], out var port) ? port : 9090;

    /// <summary>The container's own flags, with the places and times that this machine has for them.</summary>
    public static IReadOnlyList<string> For(IReadOnlyList<string> arguments, string configFile, string storage, IPEndPoint listen, TimeScale scale)
    {
        string[] places = [ConfigFlag, StorageFlag, ListenFlag];
        string[] times = scale.IsReal ? [] : [LookbackFlag, ReloadFlag];
        var result = arguments.Where(argument => !places.Concat(times).Any(argument.StartsWith)).ToList();
        result.AddRange([ConfigFlag + configFile, StorageFlag + storage, ListenFlag + listen]);
        if (!scale.IsReal)
        {
            var lookback = scale.ToReal(Duration(arguments, LookbackFlag) ?? DefaultLookback);
            result.Add(LookbackFlag + PromQlDuration.Text(lookback > ShortestLookback ? lookback : ShortestLookback));
            result.Add(ReloadFlag + PromQlDuration.Text(scale.ToReal(Duration(arguments, ReloadFlag) ?? DefaultReload)));
        }

        return result;
    }

    private static string? Value(IEnumerable<string> arguments, string flag)
        => arguments.LastOrDefault(argument => argument.StartsWith(flag))?[flag.Length..];

    private static TimeSpan? Duration(IEnumerable<string> arguments, string flag) => Value(arguments, flag) is { } text ? PromQlDuration.Parse(text) : null;
}
