using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;

namespace EmbeddedCluster.Installing;

/// <summary>The manifests of manifests/platform, a folder for each part of the stack.</summary>
internal static class PlatformManifests
{
    private const string PrometheusFolder = "prometheus";

    /// <summary>What every cluster with the stack has: the ingress controller, Argo CD, Argo Rollouts.</summary>
    /// <param name="tags">Other tags than the manifests', by image.</param>
    public static IReadOnlyList<Unstructured> Stack(IReadOnlyDictionary<string, string> tags)
        => [.. Directory.EnumerateDirectories(Root)
            .Where(folder => Path.GetFileName(folder) != PrometheusFolder)
            .Order(StringComparer.Ordinal)
            .SelectMany(ManifestReader.ReadFolder)
            .Select(manifest => ImageTags.Replace(manifest, tags))];

    /// <summary>Prometheus, for which a program must be had first.</summary>
    public static IReadOnlyList<Unstructured> Prometheus() => ManifestReader.ReadFolder(Path.Combine(Root, PrometheusFolder));

    private static string Root => Path.Combine(AppContext.BaseDirectory, "manifests", "platform");
}
