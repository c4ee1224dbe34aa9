using EmbeddedCluster.Programs;

namespace EmbeddedCluster.Tests.Programs;

/// <summary>The system's own package manager, with a package that is small.</summary>
public sealed class PackageDownloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("packages-").FullName;

    private CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_is_taken_out_of_a_package_without_installing_it()
    {
        Assert.SkipUnless(Machine.Current().OnPath("apt-get") is not null, "this system has no apt-get");
        var target = Path.Combine(_folder, "cache", "hello");

        try
        {
            await new PackageDownload(TimeProvider.System).FetchAsync(new DebianPackage("hello", "usr/bin/hello"), target, Cancel);
        }
        catch (ProgramSourceException failure) when (!Strict.Required)
        {
            Assert.Skip(failure.Message);
        }

        (await ProgramVersion.AskAsync(target, "--version", Cancel)).Should().NotBeEmpty();
        Directory.GetFileSystemEntries(Path.GetDirectoryName(target)!).Should().Equal(target);
    }

    [Fact]
    public async Task A_package_that_does_not_exist_says_what_apt_said()
    {
        Assert.SkipUnless(Machine.Current().OnPath("apt-get") is not null, "this system has no apt-get");

        var failure = await FluentActions.Awaiting(() => new PackageDownload(TimeProvider.System)
                .FetchAsync(new DebianPackage("no-such-package", "usr/bin/none"), Path.Combine(_folder, "cache", "none"), Cancel))
            .Should().ThrowAsync<ProgramSourceException>();

        failure.WithMessage("'apt-get download no-such-package' ended with exit code 100: *");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
