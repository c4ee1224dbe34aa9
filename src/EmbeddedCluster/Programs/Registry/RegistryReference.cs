namespace EmbeddedCluster.Programs.Registry;

/// <summary>An image as it is asked of a registry (the distribution specification of opencontainers.org).</summary>
/// <param name="Registry">Its API, e.g. <c>https://quay.io</c>.</param>
/// <param name="Repository">E.g. <c>argoproj/argo-rollouts</c>.</param>
/// <param name="Reference">A tag, or a digest.</param>
internal sealed record RegistryReference(Uri Registry, string Repository, string Reference)
{
    /// <summary>As docker and containerd read it: without a registry it is Docker Hub's, without a tag <c>latest</c>; registries of this machine speak plain HTTP.</summary>
    public static RegistryReference Parse(string image)
    {
        var slash = image.IndexOf('/');
        var first = slash > 0 ? image[..slash] : "";
        var named = first.Contains('.') || first.Contains(':') || first == "localhost";
        var (host, rest) = named ? (first, image[(slash + 1)..]) : ("registry-1.docker.io", image.Contains('/') ? image : $"library/{image}");
        if (host == "docker.io")
        {
            host = "registry-1.docker.io";
        }

        var scheme = host.StartsWith("localhost", StringComparison.Ordinal) || host.StartsWith("127.", StringComparison.Ordinal) ? "http" : "https";
        if (rest.Split('@') is [var before, var digest])
        {
            return new(new Uri($"{scheme}://{host}"), before.Split(':')[0], digest);
        }

        return rest.Split(':') is [var repository, var tag] ? new(new Uri($"{scheme}://{host}"), repository, tag) : new(new Uri($"{scheme}://{host}"), rest, "latest");
    }

    /// <summary>For messages.</summary>
    public override string ToString() => $"{Registry.Authority}/{Repository}{(Reference.Contains(':') ? '@' : ':')}{Reference}";
}
