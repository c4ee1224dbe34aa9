using ArgoCd.Applications;

namespace ArgoCd.Settings;

/// <summary>A cluster that applications are deployed to.</summary>
internal sealed record Cluster(string Server, string Name)
{
    /// <summary>The cluster in which Argo CD itself runs.</summary>
    public static Cluster InCluster { get; } = new("https://kubernetes.default.svc", "in-cluster");

    /// <summary>The cluster that a destination means (<c>util/argo</c> GetDestinationCluster).</summary>
    /// <exception cref="DestinationException">No such cluster, or the destination is contradictory.</exception>
    public static Cluster Of(ApplicationDestination destination)
    {
        var (server, name) = (destination.Server, destination.Name);
        if (!string.IsNullOrEmpty(server) && !string.IsNullOrEmpty(name))
        {
            throw new DestinationException($"application destination can't have both name and server defined: {name} {server}");
        }

        if (!string.IsNullOrEmpty(server))
        {
            return server.TrimEnd('/') == InCluster.Server
                ? InCluster
                : throw new DestinationException(
                    $"error getting cluster by server \"{server}\": rpc error: code = NotFound desc = cluster \"{server.TrimEnd('/')}\" not found");
        }

        if (!string.IsNullOrEmpty(name))
        {
            return name == InCluster.Name ? InCluster : throw new DestinationException($"there are no clusters with this name: {name}");
        }

        throw new DestinationException("Destination server missing from app spec");
    }
}

/// <summary>A destination that no cluster answers to.</summary>
internal sealed class DestinationException(string message) : Exception(message);
