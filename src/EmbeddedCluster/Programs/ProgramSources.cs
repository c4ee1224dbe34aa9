namespace EmbeddedCluster.Programs;

/// <summary>
/// Decides where a program is taken from: named explicitly, on the PATH, fetched before, the pinned release, the system's package. One that
/// is named explicitly is the only one: a wrong name must not end in another program being used silently.
/// </summary>
internal static class ProgramSources
{
    /// <summary>The sources in the order in which they are tried.</summary>
    public static IReadOnlyList<ProgramSource> InOrder(PinnedProgram program, Machine machine)
        => machine.Variables(program.Variable) is { Length: > 0 } named
            ? [Named(program, machine, named)]
            : [OnPath(program, machine), .. Cached(program, machine), Release(program, machine), Package(program, machine)];

    private static ProgramSource Named(PinnedProgram program, Machine machine, string named)
        => machine.IsProgram(named)
            ? new ProgramSource.Present(program.Variable, named)
            : new ProgramSource.Absent(
                program.Variable,
                $"'{named}' is not a file that can be executed",
                $"set {program.Variable} to the full path of {program.Name}, or unset it");

    private static ProgramSource OnPath(PinnedProgram program, Machine machine)
        => machine.OnPath(program.Name) is { } path
            ? new ProgramSource.Present("PATH", path)
            : new ProgramSource.Absent("PATH", $"no folder of it has {program.Name}", $"install {program.Name}, or set {program.Variable} to its full path");

    /// <summary>Only what is there: an empty cache needs no remedy.</summary>
    private static IEnumerable<ProgramSource> Cached(PinnedProgram program, Machine machine)
        => new[] { ReleaseTarget(program, machine), PackageTarget(program, machine) }
            .Where(machine.IsProgram)
            .Select(path => new ProgramSource.Present("cache", path));

    private static ProgramSource Release(PinnedProgram program, Machine machine)
    {
        var description = $"release {program.Version}";
        return program.Releases.TryGetValue(machine.Platform, out var archive)
            ? new ProgramSource.Release(description, archive, ReleaseTarget(program, machine))
            : new ProgramSource.Absent(
                description,
                $"none is pinned for {machine.Platform} (pinned: {string.Join(", ", program.Releases.Keys.Select(platform => platform.ToString()).Order())})",
                $"install {program.Name}, or set {program.Variable} to its full path");
    }

    private static ProgramSource Package(PinnedProgram program, Machine machine)
    {
        const string Description = "Debian package";
        if (program.Package is not { } package)
        {
            return new ProgramSource.Absent(Description, $"there is none of {program.Name}", $"set {program.Variable} to its full path");
        }

        var missing = new[] { "apt-get", "dpkg-deb" }.FirstOrDefault(tool => machine.OnPath(tool) is null);
        return missing is null
            ? new ProgramSource.Package($"{Description} {package.Name}", package, PackageTarget(program, machine))
            : new ProgramSource.Absent(Description, $"this system has no {missing}", $"install {program.Name} with the system's own package manager");
    }

    private static string ReleaseTarget(PinnedProgram program, Machine machine)
        => Path.Combine(machine.Cache, $"{program.Name}-{program.Version}.{machine.Platform}", machine.Platform.FileName(program.Name));

    private static string PackageTarget(PinnedProgram program, Machine machine)
        => Path.Combine(machine.Cache, $"{program.Name}-package", machine.Platform.FileName(program.Name));
}
