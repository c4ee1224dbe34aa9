using System.Globalization;
using Controllers.Runtime.Client;
using k8s.Models;

namespace EmbeddedCluster;

/// <summary>
/// The clock of a cluster as its ConfigMap <c>kube-public/cluster-clock</c> tells it: for programs outside that judge durations by the cluster's
/// time. A cluster without it keeps the time of the world.
/// </summary>
/// <param name="Speed">Seconds of the cluster per real second.</param>
/// <param name="World">A moment of the world …</param>
/// <param name="Cluster">… and the same moment as the cluster's clock has it.</param>
public sealed record ClusterClock(double Speed, DateTimeOffset World, DateTimeOffset Cluster)
{
    private const string Namespace = "kube-public";
    private const string Name = "cluster-clock";

    /// <summary>The clock of a cluster, or null when it publishes none.</summary>
    public static async Task<ClusterClock?> ReadAsync(ApiClient api, CancellationToken cancel)
        => await api.FindAsync(Resources.ConfigMaps, Namespace, Name, cancel) is { Data: { } data }
            ? new ClusterClock(double.Parse(data["speed"], CultureInfo.InvariantCulture), Moment(data["world"]), Moment(data["cluster"]))
            : null;

    /// <summary>A clock of this process that agrees with the cluster's.</summary>
    public TimeProvider Follow() => new ScaledTimeProvider(Speed, World, Cluster);

    internal static Task PublishAsync(ApiClient api, ScaledTimeProvider time, CancellationToken cancel)
        => api.CreateAsync(
            Resources.ConfigMaps,
            new V1ConfigMap
            {
                Metadata = new V1ObjectMeta { NamespaceProperty = Namespace, Name = Name },
                Data = new Dictionary<string, string>
                {
                    ["speed"] = time.Speed.ToString(CultureInfo.InvariantCulture),
                    ["world"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                    ["cluster"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                },
            },
            cancel);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
