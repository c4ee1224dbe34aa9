using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;

namespace EmbeddedCluster.Installing;

/// <summary>The manifests of the stack, a folder for each part of it.</summary>
internal static class PlatformManifests
{
    private const string Prometheus = "prometheus";

    /// <summary>Everything below <c>manifests/platform</c>; Prometheus only where there is a program for its image.</summary>
    public static IReadOnlyList<Unstructured> Read(bool withPrometheus)
        => [.. Directory.EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, "manifests", "platform"))
            .Where(folder => withPrometheus || Path.GetFileName(folder) != Prometheus)
            .Order(StringComparer.Ordinal)
            .SelectMany(ManifestReader.ReadFolder)];
}
