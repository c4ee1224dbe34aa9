using EmbeddedCluster.Programs;
using EmbeddedCluster.Programs.Registry;
using static EmbeddedCluster.Tests.Registry.FakeRegistry;

namespace EmbeddedCluster.Tests.Registry;

/// <summary>A program is taken out of an image over the registry's HTTP API.</summary>
public sealed class ImageProgramTests : IAsyncLifetime
{
    private const string Program = "bin/rollouts-controller";

    private readonly string _cache = Directory.CreateTempSubdirectory("image-program-").FullName;
    private FakeRegistry _registry = null!;

    public async ValueTask InitializeAsync() => _registry = await FakeRegistry.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task The_uppermost_layer_that_has_the_program_decides()
    {
        _registry.Push("argo/rollouts", "v1", Layer((Program, "old")), Layer(("./" + Program, "new")), Layer(("etc/passwd", "x")));

        var file = await FetchAsync("argo/rollouts:v1");

        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Should().Be("new");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).Should().HaveFlag(UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task It_is_fetched_once_and_kept()
    {
        _registry.Push("argo/rollouts", "v1", Layer((Program, "it")));

        var first = await FetchAsync("argo/rollouts:v1");
        var second = await FetchAsync("argo/rollouts:v1");

        second.Should().Be(first);
        _registry.Asked.Count(path => path.Contains("/blobs/")).Should().Be(1);
    }

    [Fact]
    public async Task A_folder_that_stands_below_usr_is_looked_at_too()
    {
        _registry.Push("argo/rollouts", "v1", Layer(("usr/" + Program, "it")));

        (await File.ReadAllTextAsync(await FetchAsync("argo/rollouts:v1"), TestContext.Current.CancellationToken)).Should().Be("it");
    }

    [Theory]
    [InlineData("bin/.wh.rollouts-controller")]
    [InlineData("bin/.wh..wh..opq")]
    [InlineData(".wh.bin")]
    public async Task A_whiteout_deletes_it_from_the_layers_below(string whiteout)
    {
        _registry.Push("argo/rollouts", "v1", Layer((Program, "old")), Layer((whiteout, null)));

        (await RefusedAsync("argo/rollouts:v1")).Should().Contain($"{_registry.Host}/argo/rollouts:v1 has no /{Program}");
    }

    [Fact]
    public async Task A_whiteout_does_not_delete_what_its_own_layer_brings()
    {
        _registry.Push("argo/rollouts", "v1", Layer((Program, "old")), Layer(("bin/.wh..wh..opq", null), (Program, "new")));

        (await File.ReadAllTextAsync(await FetchAsync("argo/rollouts:v1"), TestContext.Current.CancellationToken)).Should().Be("new");
    }

    [Fact]
    public async Task A_layer_that_is_not_what_its_digest_says_is_not_used()
    {
        _registry.Push("argo/rollouts", "v1", Layer((Program, "it")));
        _registry.Damage();

        (await RefusedAsync("argo/rollouts:v1")).Should().Contain("was asked for; it was not used");
        Directory.EnumerateFiles(_cache, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_named()
        => (await RefusedAsync("argo/rollouts:v2")).Should().Contain($"{_registry.Host}/argo/rollouts:v2: there is no such image");

    [Fact]
    public async Task A_registry_that_is_gone_is_named_with_what_to_do()
    {
        var host = _registry.Host;
        await _registry.DisposeAsync();

        var act = () => new ImageProgram(_cache, null).FetchAsync($"{host}/argo/rollouts:v1", Program, TestContext.Current.CancellationToken);

        (await act.Should().ThrowAsync<ProgramMissingException>()).Which.Message.Should().Contain($"http://{host}/v2/argo/rollouts/manifests/v1 cannot be fetched").And.Contain("--rollouts-program PATH");
        _registry = await FakeRegistry.StartAsync();
    }

    [Theory]
    [InlineData("quay.io/argoproj/argo-rollouts:v1.9.1", "https://quay.io/", "argoproj/argo-rollouts", "v1.9.1")]
    [InlineData("alpine", "https://registry-1.docker.io/", "library/alpine", "latest")]
    [InlineData("argoproj/rollouts-demo:blue", "https://registry-1.docker.io/", "argoproj/rollouts-demo", "blue")]
    [InlineData("localhost:5000/a/b@sha256:12", "http://localhost:5000/", "a/b", "sha256:12")]
    [InlineData("quay.io/a/b:v1@sha256:12", "https://quay.io/", "a/b", "sha256:12")]
    public void References_are_read_as_container_engines_read_them(string image, string registry, string repository, string reference)
        => RegistryReference.Parse(image).Should().Be(new RegistryReference(new Uri(registry), repository, reference));

    private Task<string> FetchAsync(string image) => new ImageProgram(_cache, null).FetchAsync($"{_registry.Host}/{image}", Program, TestContext.Current.CancellationToken);

    private async Task<string> RefusedAsync(string image)
    {
        var act = () => FetchAsync(image);
        return (await act.Should().ThrowAsync<ProgramMissingException>()).Which.Message;
    }
}
