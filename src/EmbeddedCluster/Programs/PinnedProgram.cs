namespace EmbeddedCluster.Programs;

/// <summary>An external program that the cluster runs, and where it may come from.</summary>
/// <param name="Name">As one types it, e.g. <c>prometheus</c>.</param>
/// <param name="Variable">The environment variable that names it explicitly.</param>
/// <param name="Version">The pinned release.</param>
/// <param name="Releases">The pinned release's archive for each platform that has one.</param>
/// <param name="Package">The package that has it, if any.</param>
/// <param name="VersionArgument">What makes it say its version.</param>
public sealed record PinnedProgram(
    string Name,
    string Variable,
    string Version,
    IReadOnlyDictionary<Platform, ReleaseArchive> Releases,
    DebianPackage? Package = null,
    string VersionArgument = "--version")
{
    /// <summary>Only what is on the machine already: nothing is fetched.</summary>
    public PinnedProgram OnThisMachine() => this with { Releases = new Dictionary<Platform, ReleaseArchive>(), Package = null };
}
