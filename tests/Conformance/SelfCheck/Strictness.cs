using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CliWrap;
using FluentAssertions;

namespace Conformance.SelfCheck;

/// <summary>A machine without Prometheus: what needs it is skipped with the reason and the remedy; a strict run fails there.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class Strictness
{
    [Theory]
    [InlineData("failed", "failure", "(with --strict, what would be skipped fails)", "--strict")]
    [InlineData("skipped", "skipReason", "set CONFORMANCE_PROMETHEUS to the full path of prometheus, or unset it")]
    public async Task What_cannot_run_is_skipped_with_the_reason_and_fails_in_a_strict_run(string verdict, string field, string says, params string[] options)
    {
        var stop = TestContext.Current.CancellationToken;
        var lines = new ConcurrentQueue<string>();
        var suite = SuiteProgram.With(["--filter", "PRO-02", "--seed", "1", .. options]);

        var result = await suite
            .WithEnvironmentVariables(new Dictionary<string, string?>(suite.EnvironmentVariables) { ["CONFORMANCE_PROMETHEUS"] = "/nowhere/prometheus" })
            .WithStandardOutputPipe(PipeTarget.ToDelegate(lines.Enqueue))
            .ExecuteAsync(stop);

        result.ExitCode.Should().Be(1, "nothing passed");
        var scenario = JsonNode.Parse(await SuiteProgram.ResultsAsync(lines, stop))!["scenarios"]!.AsArray().Should().ContainSingle().Subject!;
        scenario["verdict"]!.ToString().Should().Be(verdict);
        scenario[field]!.ToString().Should().Contain("'/nowhere/prometheus' is not a file that can be executed").And.Contain(says);
        lines.Should().Contain($"rows      {verdict}: R20");
    }
}
