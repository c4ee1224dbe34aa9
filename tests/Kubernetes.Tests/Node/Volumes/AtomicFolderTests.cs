using Kubernetes.Node.Environment;
using Kubernetes.Node.Volumes;

namespace Kubernetes.Tests.Node.Volumes;

/// <summary>A volume's files are replaced together, as the kubelet does.</summary>
public sealed class AtomicFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("atomic-folder-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Files_come_change_and_go()
    {
        (await WriteAsync(("a", "1"), ("sub/b", "1"))).Should().BeTrue();
        (await WriteAsync(("a", "1"), ("sub/b", "1"))).Should().BeFalse("nothing changed");
        Read("sub/b").Should().Be("1");

        (await WriteAsync(("a", "2"), ("c", "2"))).Should().BeTrue();

        Read("a").Should().Be("2");
        Read("c").Should().Be("2");
        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Where(name => !name!.StartsWith("..")).Should().BeEquivalentTo("a", "c");
        (await WriteAsync(("a", "3"), ("c", "2"))).Should().BeTrue();
        Directory.EnumerateDirectories(folder, "..20*").Should().HaveCount(2, "only what is shown, and what was shown before");
        new DirectoryInfo(Path.Combine(folder, "..data")).LinkTarget.Should().StartWith("..20");
        new FileInfo(Path.Combine(folder, "a")).LinkTarget.Should().Be("..data/a");
    }

    [Fact]
    public async Task A_reader_never_finds_a_file_missing_or_half()
    {
        var (first, second) = (new string('1', 100_000), new string('2', 100_000));
        await WriteAsync(("a", first));
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var seen = new HashSet<string>();
            while (!stop.IsCancellationRequested)
            {
                seen.Add(Read("a"));
            }

            return seen;
        });

        for (var round = 0; round < 100; round++)
        {
            await WriteAsync(("a", round % 2 == 0 ? second : first));
        }

        await stop.CancelAsync();
        (await reading).Should().BeSubsetOf([first, second]);
    }

    [Fact]
    public Task No_path_leads_out_of_the_volume()
        => FluentActions.Awaiting(() => WriteAsync(("../../x", "1"))).Should().ThrowAsync<ContainerConfigException>().WithMessage("invalid path \"../../x\": must not leave the volume");

    private string Read(string name) => File.ReadAllText(Path.Combine(folder, name));

    private Task<bool> WriteAsync(params (string Name, string Content)[] files)
        => AtomicFolder.WriteAsync(
            folder, files.ToDictionary(file => file.Name, file => System.Text.Encoding.UTF8.GetBytes(file.Content)), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), TestContext.Current.CancellationToken);
}
