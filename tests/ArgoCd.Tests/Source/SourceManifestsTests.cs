using System.Net;
using System.Net.Sockets;
using ArgoCd.Applications;
using ArgoCd.Source;

namespace ArgoCd.Tests.Source;

/// <summary>Against a real repository on disk.</summary>
public sealed class SourceManifestsTests : IDisposable
{
    private readonly GitFixture _git = new();
    private readonly CacheFolder _cache = new(null);
    private readonly SourceManifests _manifests;

    public SourceManifestsTests() => _manifests = new SourceManifests(new GitClient(_cache.Path));

    public void Dispose()
    {
        _git.Dispose();
        _cache.Dispose();
    }

    private Repository Repository => new(_git.Url);

    private async Task<Manifests> GenerateAsync(string revision, string path)
    {
        var stop = TestContext.Current.CancellationToken;
        var commit = await _manifests.ResolveAsync(Repository, revision, stop);
        return await _manifests.GenerateAsync(Repository, new ApplicationSource { RepoURL = _git.Url, Path = path }, commit, useCache: true, stop);
    }

    [Fact]
    public async Task A_branch_a_tag_HEAD_and_a_commit_are_resolved()
    {
        var commit = _git.Commit(("app/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
        _git.Tag("v1");

        foreach (var revision in (string[])["main", "v1", "HEAD", "", commit, "refs/heads/main", commit[..8]])
        {
            var manifests = await GenerateAsync(revision, "app");
            manifests.Revision.Should().Be(commit);
            manifests.Objects.Should().ContainSingle().Which.Metadata.Name.Should().Be("a");
        }
    }

    [Fact]
    public async Task A_new_commit_is_fetched()
    {
        _git.Commit(("app/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
        await GenerateAsync("main", "app");
        _git.Commit(("app/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}"));

        (await GenerateAsync("main", "./app/")).Objects[0].Metadata.Name.Should().Be("b");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_an_error_in_upstreams_words()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var repository = new Repository($"http://{silent.LocalEndpoint}/silent.git");
        var impatient = new SourceManifests(new GitClient(_cache.Path, patience: TimeSpan.FromMilliseconds(200)));

        await FluentActions.Awaiting(() => impatient.ResolveAsync(repository, "main", TestContext.Current.CancellationToken)).Should().ThrowAsync<SourceException>()
            .WithMessage($"rpc error: code = Unknown desc = failed to list refs: Get \"{repository.Url}/info/refs?service=git-upload-pack\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    }

    [Fact]
    public async Task A_revision_that_does_not_exist_is_an_error_in_upstreams_words()
    {
        _git.Commit(("a.yaml", ""));
        await FluentActions.Awaiting(() => GenerateAsync("nope", ".")).Should().ThrowAsync<SourceException>()
            .WithMessage("rpc error: code = Unknown desc = unable to resolve 'nope' to a commit SHA: revision not found");
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_an_error_in_upstreams_words()
    {
        _git.Commit(("a.yaml", ""));
        await FluentActions.Awaiting(() => GenerateAsync("main", "nope")).Should().ThrowAsync<SourceException>()
            .WithMessage("rpc error: code = Unknown desc = nope: app path does not exist");
        await FluentActions.Awaiting(() => GenerateAsync("main", "a.yaml")).Should().ThrowAsync<SourceException>()
            .WithMessage("rpc error: code = Unknown desc = a.yaml: app path is not a directory");
    }

    [Fact]
    public async Task A_repository_that_does_not_exist_is_an_error_in_upstreams_words()
        => await FluentActions.Awaiting(() => _manifests.ResolveAsync(new Repository(_git.Url + "-nope"), "main", TestContext.Current.CancellationToken)).Should().ThrowAsync<SourceException>()
            .WithMessage("rpc error: code = Unknown desc = failed to list refs: repository not found");

    [Fact]
    public async Task A_kustomization_is_refused_with_what_to_do()
    {
        _git.Commit(("app/kustomization.yaml", "resources: []"));
        await FluentActions.Awaiting(() => GenerateAsync("main", "app")).Should().ThrowAsync<SourceException>().WithMessage("*Kustomize sources are not supported*");
    }

    [Fact]
    public async Task Subfolders_are_read_only_when_asked_for()
    {
        var commit = _git.Commit(("app/sub/a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
        (await GenerateAsync("main", "app")).Objects.Should().BeEmpty();
        var source = new ApplicationSource { RepoURL = _git.Url, Path = "app", Directory = new SourceDirectory { Recurse = true } };
        (await _manifests.GenerateAsync(Repository, source, commit, useCache: true, TestContext.Current.CancellationToken)).Objects.Should().ContainSingle();
    }
}
