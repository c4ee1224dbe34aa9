using CliWrap;
using CliWrap.Buffered;

namespace Architecture.Tests.Workflows;

/// <summary><c>.ci/nightly-issue</c> with a <c>gh</c> that says which issue is open and writes down what it is asked.</summary>
public sealed class NightlyIssueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nightly-issue-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("1", "", "issue create --title The nightly run is red")]
    [InlineData("1", "7", "issue comment 7 --body-file")]
    [InlineData("0", "7", "issue close 7 --comment Green again: https://example.test/run")]
    public async Task One_issue_is_opened_added_to_and_closed(string status, string open, string asked)
        => (await AskedAsync(status, open)).Should().ContainSingle(line => line.StartsWith("issue create") || line.StartsWith("issue comment") || line.StartsWith("issue close")).Which.Should().StartWith(asked);

    [Fact]
    public async Task A_green_night_without_an_open_issue_writes_nothing()
        => (await AskedAsync("0", "")).Should().ContainSingle().Which.Should().StartWith("issue list");

    private async Task<string[]> AskedAsync(string status, string open)
    {
        var log = Path.Combine(_folder, "asked");
        var gh = Path.Combine(_folder, "gh");
        await File.WriteAllTextAsync(gh, $"#!/bin/sh\necho \"$*\" >> '{log}'\nif [ \"$2\" = list ]; then echo '{open}'; fi\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(gh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var page = Path.Combine(_folder, "night.md");
        await File.WriteAllTextAsync(page, "# The night is red\n", TestContext.Current.CancellationToken);
        await Cli.Wrap("bash").WithArguments([Path.Combine(Root(AppContext.BaseDirectory), ".ci", "nightly-issue"), status, page])
            .WithEnvironmentVariables(environment => environment.Set("PATH", $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}").Set("GITHUB_REPOSITORY", "owner/name").Set("RUN", "https://example.test/run"))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Conformance.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
