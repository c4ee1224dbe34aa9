using System.Runtime.Versioning;
using EmbeddedCluster.Programs;

namespace EmbeddedCluster.Tests.Programs;

[UnsupportedOSPlatform("windows")]
public sealed class ProgramFinderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("programs-").FullName;

    private CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_that_does_not_run_is_passed_over_for_the_next_source()
    {
        Script("path/prometheus", "exit 1");
        var cached = Script("cache/prometheus-3.15.0.linux-amd64/prometheus", "echo prometheus, version 3.15.0");

        var found = await Finder().FindAsync(PinnedPrograms.Prometheus, Cancel);

        found.Should().Be(new FoundProgram("prometheus", cached, "3.15.0", "cache"));
    }

    [Fact]
    public async Task Without_any_source_each_is_named_with_reason_and_remedy()
    {
        var nowhere = PinnedPrograms.Prometheus with { Releases = new Dictionary<Platform, ReleaseArchive>(), Package = null };

        var failure = (await FluentActions.Awaiting(() => Finder().FindAsync(nowhere, Cancel)).Should().ThrowAsync<ProgramMissingException>()).Which;

        failure.Attempts.Select(attempt => attempt.Source).Should().Equal("PATH", "release 3.15.0", "Debian package");
        failure.Message.Should().Be(
            """
            prometheus could not be found or fetched:
              PATH: no folder of it has prometheus
                remedy: install prometheus, or set CONFORMANCE_PROMETHEUS to its full path
              release 3.15.0: none is pinned for linux-amd64 (pinned: )
                remedy: install prometheus, or set CONFORMANCE_PROMETHEUS to its full path
              Debian package: there is none of prometheus
                remedy: set CONFORMANCE_PROMETHEUS to its full path
            """);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProgramFinder Finder()
        => new(
            new Machine(new Platform("linux", "amd64"), name => name == "PATH" ? Path.Combine(_folder, "path") : null, Path.Combine(_folder, "cache"), File.Exists),
            TimeProvider.System,
            progress: null);

    private string Script(string path, string body)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
