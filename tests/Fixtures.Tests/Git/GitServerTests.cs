using System.Net;
using Fixtures.Clusters;
using CliWrap;
using CliWrap.Buffered;
using Fixtures.Git;

namespace Fixtures.Tests.Git;

public sealed class GitServerTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("git-server-").FullName;
    private GitServer server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        server = await GitServer.StartAsync(Path.Combine(folder, "git"), TimeProvider.System, SuiteReach.Loopback, Stop);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_new_repository_can_be_cloned_with_the_readers_manifests()
    {
        var repository = server.CreateRepository("bg-01", SeedFiles.Of("app/blue-green"));

        await CloneAsync(repository.Url, "clone");

        File.ReadAllText(Path.Combine(folder, "clone/app/blue-green/rollout.yaml")).Should().Contain("argoproj/rollouts-demo:blue");
    }

    [Fact]
    public async Task A_pushed_edit_arrives_under_the_commit_that_was_returned()
    {
        var repository = server.CreateRepository("bg-01", SeedFiles.Of("app/blue-green"));

        repository.Edit("app/blue-green/rollout.yaml", text => text.Replace(":blue", ":green"));
        var sha = repository.Commit("Go green");
        repository.Push();

        var refs = await Cli.Wrap("git").WithArguments(["ls-remote", repository.Url.ToString(), "main"]).ExecuteBufferedAsync(Stop);
        refs.StandardOutput.Should().Be($"{sha}\trefs/heads/main\n");
    }

    [Fact]
    public async Task A_stranger_may_not_push()
    {
        var repository = server.CreateRepository("bg-01", SeedFiles.Of("app/blue-green"));
        await CloneAsync(repository.Url, "clone");

        var push = await Cli.Wrap("git").WithWorkingDirectory(Path.Combine(folder, "clone")).WithArguments(["push", "origin", "main:other"])
            .WithEnvironmentVariables(new Dictionary<string, string?> { ["GIT_TERMINAL_PROMPT"] = "0" })
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Stop);

        push.ExitCode.Should().NotBe(0);
    }

    [Fact]
    public async Task A_commit_is_not_seen_before_it_is_pushed()
    {
        var repository = server.CreateRepository("bg-01", SeedFiles.Of("app/blue-green"));

        repository.Edit("app/blue-green/rollout.yaml", text => text.Replace(":blue", ":green"));
        repository.Commit("Go green");

        await CloneAsync(repository.Url, "clone");
        File.ReadAllText(Path.Combine(folder, "clone/app/blue-green/rollout.yaml")).Should().Contain("argoproj/rollouts-demo:blue");
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_refused_with_the_file_shown()
    {
        var repository = server.CreateRepository("bg-01", new Dictionary<string, string> { ["a.yaml"] = "image: blue" });

        var edit = () => repository.Edit("a.yaml", text => text.Replace("red", "green"));

        edit.Should().Throw<InvalidOperationException>().WithMessage("The edit of a.yaml in repository 'bg-01' changed nothing. It reads:\nimage: blue");
    }

    [Fact]
    public void An_edit_of_a_file_that_is_not_there_names_those_that_are()
    {
        var repository = server.CreateRepository("bg-01", new Dictionary<string, string> { ["a.yaml"] = "image: blue" });

        var edit = () => repository.Edit("b.yaml", text => text);

        edit.Should().Throw<FileNotFoundException>().WithMessage("There is no b.yaml in repository 'bg-01', only a.yaml.");
    }

    [Fact]
    public async Task A_repository_that_does_not_exist_is_404()
    {
        using var http = new HttpClient();

        var answer = await http.GetAsync(new Uri(server.Address, "nothing.git/info/refs?service=git-upload-pack"), Stop);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_machine_without_git_is_told_what_to_install()
    {
        var act = () => GitProgram.FindAsync(folder, Stop, program: "git-of-nowhere");

        (await act.Should().ThrowAsync<GitMissingException>())
            .WithMessage("'git-of-nowhere' was not found on the PATH.*needed for*remedy*apt-get install git*");
    }

    private Task CloneAsync(Uri url, string name) =>
        Cli.Wrap("git").WithArguments(["clone", "--quiet", url.ToString(), Path.Combine(folder, name)]).ExecuteAsync(Stop);
}
