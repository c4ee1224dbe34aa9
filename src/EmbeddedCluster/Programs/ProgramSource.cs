namespace EmbeddedCluster.Programs;

/// <summary>One place that a program may come from, as decided by <see cref="ProgramSources"/>.</summary>
/// <param name="Description">How it is called in messages, e.g. <c>PATH</c>.</param>
internal abstract record ProgramSource(string Description)
{
    /// <summary>The program is there.</summary>
    internal sealed record Present(string Description, string Path) : ProgramSource(Description);

    /// <summary>Nothing to be had from this source, and what would change that.</summary>
    internal sealed record Absent(string Description, string Reason, string Remedy) : ProgramSource(Description);

    /// <summary>The pinned release, to be fetched to <paramref name="Target"/>.</summary>
    internal sealed record Release(string Description, ReleaseArchive Archive, string Target) : ProgramSource(Description);

    /// <summary>The system's package, to be fetched and unpacked to <paramref name="Target"/>.</summary>
    internal sealed record Package(string Description, DebianPackage Debian, string Target) : ProgramSource(Description);
}
