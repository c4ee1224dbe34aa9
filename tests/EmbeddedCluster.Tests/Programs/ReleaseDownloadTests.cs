using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using EmbeddedCluster.Programs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EmbeddedCluster.Tests.Programs;

/// <summary>The download from a real HTTP server.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReleaseDownloadTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("releases-").FullName;
    private readonly byte[] _archive = Archive("tool-1.0.0/tool", "the program");
    private WebApplication? _server;

    private string Target => Path.Combine(_folder, "cache", "tool");

    private CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_with_its_published_checksum_is_unpacked_as_an_executable_and_nothing_else_stays()
    {
        await new ReleaseDownload(TimeProvider.System).FetchAsync(await PublishedAsync(), Target, Cancel);

        (await File.ReadAllTextAsync(Target, Cancel)).Should().Be("the program");
        File.GetUnixFileMode(Target).Should().HaveFlag(UnixFileMode.UserExecute);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!).Should().Equal(Target);
    }

    [Fact]
    public async Task An_archive_with_another_checksum_is_not_used()
    {
        var tampered = await PublishedAsync() with { Sha256 = new string('0', 64) };

        var failure = await FluentActions.Awaiting(() => new ReleaseDownload(TimeProvider.System).FetchAsync(tampered, Target, Cancel))
            .Should().ThrowAsync<ProgramSourceException>();

        failure.WithMessage($"{tampered.Address} has SHA-256 *, but {tampered.Sha256} was published with it; it was not used");
        Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!).Should().BeEmpty();
    }

    [Fact]
    public async Task A_release_without_the_program_says_which_path_it_looked_for()
        => await FluentActions.Awaiting(async () => await new ReleaseDownload(TimeProvider.System).FetchAsync(await PublishedAsync() with { Entry = "tool-1.0.0/bin/tool" }, Target, Cancel))
            .Should().ThrowAsync<ProgramSourceException>().WithMessage("* does not hold tool-1.0.0/bin/tool");

    [Fact]
    public async Task An_address_that_refuses_says_so_with_a_remedy()
    {
        var missing = await PublishedAsync();
        missing = missing with { Address = new Uri(missing.Address, "/no-such-release") };

        var failure = await FluentActions.Awaiting(() => new ReleaseDownload(TimeProvider.System).FetchAsync(missing, Target, Cancel))
            .Should().ThrowAsync<ProgramSourceException>();

        failure.WithMessage("*/no-such-release cannot be fetched: *404*").Which.Remedy.Should().Contain("HTTPS_PROXY");
    }

    [Fact]
    public async Task Runs_side_by_side_leave_one_whole_program()
    {
        var published = await PublishedAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new ReleaseDownload(TimeProvider.System).FetchAsync(published, Target, Cancel)));

        (await File.ReadAllTextAsync(Target, Cancel)).Should().Be("the program");
        Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!).Should().Equal(Target);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ReleaseArchive> PublishedAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add($"http://{IPAddress.Loopback}:0");
        _server.MapGet("/tool.tar.gz", () => Results.Bytes(_archive));
        await _server.StartAsync(Cancel);
        return new ReleaseArchive(new Uri(_server.Urls.Single() + "/tool.tar.gz"), Convert.ToHexStringLower(SHA256.HashData(_archive)), "tool-1.0.0/tool");
    }

    private static byte[] Archive(string entry, string content)
    {
        using var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zipped))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "tool-1.0.0/LICENSE") { DataStream = new MemoryStream("words"u8.ToArray()) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }

        return bytes.ToArray();
    }
}
