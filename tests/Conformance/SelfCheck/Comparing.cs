using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CliWrap;
using Conformance.Running;
using Fixtures.Comparing;
using FluentAssertions;

namespace Conformance.SelfCheck;

/// <summary>The command <c>compare</c> as a person or a workflow starts it.</summary>
public sealed class Comparing : IDisposable
{
    private const string Run = """{"run": {"id": "a", "failure": null, "target": "embedded", "versions": {"Argo Rollouts": "v1.9.1"}, "speed": 20}, "rows": {"R10": {"verdict": "passed", "promise": "Promote", "scenarios": []}}, "scenarios": []}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compare-");

    [Theory]
    [InlineData(Run, 0, "Safe: 1 same")]
    [InlineData("broken", 1, "Unsafe: 1 worse")]
    public async Task The_exit_code_says_whether_it_is_safe_and_the_reports_lie_beside_the_new_one(string after, int code, string title)
    {
        var (exit, output) = await CompareAsync(Write("old", Run), Write("new", after == Run ? Run : Run.Replace("\"passed\"", "\"failed\"")));

        exit.Should().Be(code);
        output.Should().StartWith(title);
        (await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "new", "compare.md"), TestContext.Current.CancellationToken)).Should().StartWith($"# {title}");
        File.Exists(Path.Combine(_folder.FullName, "new", "compare.html")).Should().BeTrue();
    }

    [Fact]
    public async Task The_reports_go_where_they_are_asked_to()
    {
        var folder = Path.Combine(_folder.FullName, "elsewhere");

        var (exit, _) = await CompareAsync(Write("old", Run), Path.GetDirectoryName(Write("new", Run))!, "--out", folder);

        exit.Should().Be(0);
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo("compare.html", "compare.md");
    }

    [Fact]
    public async Task What_cannot_be_read_is_2_with_the_reason()
    {
        var (exit, output) = await CompareAsync(Write("old", Run), Write("new", new JsonObject { ["openapi"] = "3.0" }.ToJsonString()));

        exit.Should().Be(2);
        output.Should().Contain("new/results.json: is not the results of a run").And.Contain("'run', 'rows', 'scenarios'");
        (await CompareAsync(Write("old", Run))).Should().Be((2, "compare takes two runs, and was given 1: compare OLD NEW [--out FOLDER], each a results.json or the folder of a run"));
    }

    [Fact]
    public void Every_known_change_is_seen_by_scenarios_that_exist() =>
        KnownChange.All.SelectMany(change => change.Scenarios).Should().BeSubsetOf(ScenarioCatalogue.All.Select(scenario => scenario.Id));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.CreateSubdirectory(name).FullName, "results.json");
        File.WriteAllText(file, text);
        return file;
    }

    private static async Task<(int Exit, string Output)> CompareAsync(params string[] arguments)
    {
        var lines = new ConcurrentQueue<string>();
        var result = await SuiteProgram.With(["compare", .. arguments])
            .WithStandardOutputPipe(PipeTarget.ToDelegate(lines.Enqueue))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(lines.Enqueue))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return (result.ExitCode, string.Join('\n', lines));
    }
}
