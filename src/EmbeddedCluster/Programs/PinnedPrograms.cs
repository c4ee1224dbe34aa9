namespace EmbeddedCluster.Programs;

/// <summary>The programs that the cluster may run, with their pinned releases.</summary>
public static class PinnedPrograms
{
    /// <summary>Prometheus; the checksums are those of the release's <c>sha256sums.txt</c>.</summary>
    public static PinnedProgram Prometheus { get; } = FromPrometheusProject(
        "prometheus",
        "CONFORMANCE_PROMETHEUS",
        "3.15.0",
        [
            ("linux", "amd64", "2a542df32eac02ee17b9d844fb2aa1de00dafa5476579ba8a3ba862e9d572ea0"),
            ("linux", "arm64", "f1f90ec08e849d494ca66c611470afc50192f0355f1a61c33f2cbde02d067823"),
            ("darwin", "amd64", "2d79e744c2d7e505db936fbc898e05abc74fcb6e437c25befd26e9c9f00aa58b"),
            ("darwin", "arm64", "920df4d17e78b3b0175af144eb318b0c74d1cf7b1d1251b326966f0e81977260"),
        ]);

    /// <summary>Helm; the checksums are those published beside the release's archives.</summary>
    public static PinnedProgram Helm { get; } = FromHelmProject(
        "4.2.3",
        [
            ("linux", "amd64", "e9b88b4ee95b18c706839c28d3a0220e5bc470e9cd9262410c90793c45ff8b7c"),
            ("linux", "arm64", "21abd9354d39b2cd79a8d76be6912cd137a983cbf997193503fb8a6a6e2f2785"),
            ("darwin", "amd64", "ff3ac86755a45f3422473bc1200776aac0fe04c5766abe6ca66699f7b564b23b"),
            ("darwin", "arm64", "048ecf5ad3160f83d918f9fe945238d2132b079640f7b106175331c25f242c64"),
        ]);

    private static PinnedProgram FromHelmProject(string version, IEnumerable<(string Os, string Architecture, string Sha256)> builds)
        => new(
            "helm",
            "CONFORMANCE_HELM",
            version,
            builds.ToDictionary(
                build => new Platform(build.Os, build.Architecture),
                build => new ReleaseArchive(
                    new Uri($"https://get.helm.sh/helm-v{version}-{build.Os}-{build.Architecture}.tar.gz"), build.Sha256, $"{build.Os}-{build.Architecture}/helm")),
            VersionArgument: "version");

    private static PinnedProgram FromPrometheusProject(
        string name, string variable, string version, IEnumerable<(string Os, string Architecture, string Sha256)> builds)
        => new(
            name,
            variable,
            version,
            builds.ToDictionary(
                build => new Platform(build.Os, build.Architecture),
                build =>
                {
                    var folder = $"{name}-{version}.{build.Os}-{build.Architecture}";
                    return new ReleaseArchive(
                        new Uri($"https://github.com/prometheus/{name}/releases/download/v{version}/{folder}.tar.gz"), build.Sha256, $"{folder}/{name}");
                }),
            new DebianPackage(name, $"usr/bin/{name}"));
}
