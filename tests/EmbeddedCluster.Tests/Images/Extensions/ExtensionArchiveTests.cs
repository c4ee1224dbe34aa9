using System.Text;
using EmbeddedCluster.Images.Extensions;

namespace EmbeddedCluster.Tests.Images.Extensions;

public sealed class ExtensionArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("extensions-").FullName;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_tar_is_unpacked_with_or_without_gzip_and_what_is_not_below_resources_stays_out(bool zipped)
    {
        var archive = Archives.Tar(zipped, ("resources/extension-Rollout.js/extensions-Rollout.js", "the tab"), ("README.md", "words"));

        ExtensionArchive.Unpack(archive, _folder).Should().Equal("resources/extension-Rollout.js/extensions-Rollout.js");

        Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Should().ContainSingle()
            .Which.Should().EndWith("resources/extension-Rollout.js/extensions-Rollout.js");
        File.ReadAllText(Path.Combine(_folder, "resources/extension-Rollout.js/extensions-Rollout.js")).Should().Be("the tab");
    }

    [Fact]
    public void Names_that_begin_with_a_dot_or_a_slash_lie_below_the_folder_all_the_same()
        => ExtensionArchive.Unpack(Archives.Tar(false, ("./resources/a.js", "a"), ("/resources/b.js", "b")), _folder)
            .Should().Equal("resources/a.js", "resources/b.js");

    [Theory]
    [InlineData("resources/../../outside.js")]
    [InlineData("../outside.js")]
    public void A_path_that_leads_out_of_the_folder_fails_the_archive_and_nothing_of_it_is_written(string path)
        => Refused(Archives.Tar(false, ("resources/a.js", "a"), (path, "x"))).Message.Should().Be($"tar: name with '..' refused: {path}");

    [Fact]
    public void A_link_is_left_out()
    {
        var archive = Archives.TarWithLink("resources/secret.js", "/etc/passwd", ("resources/a.js", "a"));

        ExtensionArchive.Unpack(archive, _folder).Should().Equal("resources/a.js");
    }

    [Fact]
    public void An_archive_without_resources_says_so()
        => Refused(Archives.Tar(false, ("extension-Rollout.js", "the tab"))).Message.Should().Be("cp: can't stat 'resources/*': No such file or directory");

    [Theory]
    [InlineData("<!DOCTYPE html><title>Sign in</title>", "text/html")]
    [InlineData("not found", "text/plain")]
    [InlineData("PK\u0003\u0004", "application/zip")]
    [InlineData("", "inode/x-empty")]
    public void What_is_no_tar_is_named(string content, string type)
        => Refused(Encoding.Latin1.GetBytes(content)).Message.Should().Be($"error: unsupported extension archive: {type}\nsupported formats: gzip and tar");

    [Fact]
    public void A_tar_that_ends_too_early_is_refused()
    {
        var whole = Archives.Tar(false, ("resources/a.js", new string('a', 5000)));

        Refused(whole[..2000]).Message.Should().StartWith("tar: corrupted archive: ");
    }

    [Fact]
    public void A_gzip_that_is_damaged_is_refused()
    {
        var whole = Archives.Tar(true, ("resources/a.js", new string('a', 5000)));
        whole.AsSpan(10).Fill(0xff);

        Refused(whole).Message.Should().StartWith("tar: corrupted archive: ");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ExtensionInstallException Refused(byte[] archive)
    {
        var failure = FluentActions.Invoking(() => ExtensionArchive.Unpack(archive, _folder)).Should().Throw<ExtensionInstallException>().Which;
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
        failure.ExitCode.Should().NotBe(0);
        return failure;
    }
}
