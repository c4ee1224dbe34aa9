namespace EmbeddedCluster.Programs;

/// <summary>Obtains programs: tries their sources in order, fetching what has to be fetched into the user's cache.</summary>
public sealed class ProgramFinder
{
    private readonly Machine _machine;
    private readonly ReleaseDownload _releases;
    private readonly PackageDownload _packages;
    private readonly IProgress<string>? _progress;

    /// <param name="time">Clock of the time-outs: the real one, because networks and packages do not run faster with the cluster.</param>
    /// <param name="progress">Told what is being fetched, a line at a time.</param>
    public ProgramFinder(TimeProvider? time = null, IProgress<string>? progress = null)
        : this(Machine.Current(), time ?? TimeProvider.System, progress)
    {
    }

    internal ProgramFinder(Machine machine, TimeProvider time, IProgress<string>? progress)
    {
        _machine = machine;
        _progress = progress;
        _releases = new ReleaseDownload(time, progress);
        _packages = new PackageDownload(time);
    }

    /// <summary>The program from the first source that has it.</summary>
    /// <exception cref="ProgramMissingException">None has it.</exception>
    public async Task<FoundProgram> FindAsync(PinnedProgram program, CancellationToken cancel)
    {
        var attempts = new List<ProgramAttempt>();
        foreach (var source in ProgramSources.InOrder(program, _machine))
        {
            try
            {
                var path = await TakeAsync(program, source, cancel);
                return new FoundProgram(program.Name, path, await ProgramVersion.AskAsync(path, program.VersionArgument, cancel), source.Description);
            }
            catch (ProgramSourceException failure)
            {
                attempts.Add(new ProgramAttempt(source.Description, failure.Message, failure.Remedy));
            }
        }

        throw new ProgramMissingException(program.Name, attempts);
    }

    private async Task<string> TakeAsync(PinnedProgram program, ProgramSource source, CancellationToken cancel)
    {
        switch (source)
        {
            case ProgramSource.Present present:
                return present.Path;
            case ProgramSource.Release release:
                _progress?.Report($"fetching {program.Name} {program.Version} from {release.Archive.Address.Host} …");
                await _releases.FetchAsync(release.Archive, release.Target, cancel);
                return release.Target;
            case ProgramSource.Package package:
                _progress?.Report($"fetching {program.Name} from the system's package sources …");
                await _packages.FetchAsync(package.Debian, package.Target, cancel);
                return package.Target;
            case ProgramSource.Absent absent:
                throw new ProgramSourceException(absent.Reason, absent.Remedy);
            default:
                throw new InvalidOperationException($"unknown source {source}");
        }
    }
}
