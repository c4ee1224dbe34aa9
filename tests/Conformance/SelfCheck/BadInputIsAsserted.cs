using System.Text.RegularExpressions;
using Conformance.Running;
using FluentAssertions;

namespace Conformance.SelfCheck;

/// <summary>docs/bad-input.md names scenarios and tests that exist.</summary>
public sealed partial class BadInputIsAsserted
{
    private static readonly string Root = SuiteProgram.Root();

    [Fact]
    public void Every_row_names_what_asserts_it_and_that_exists()
    {
        var rows = File.ReadLines(Path.Combine(Root, "docs", "bad-input.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.TrimEnd('|', ' ').Split(" | ")[^1]).ToList();
        rows.Should().HaveCountGreaterThan(15).And.OnlyContain(asserted => Scenario().IsMatch(asserted) || Test().IsMatch(asserted));

        var all = string.Join('\n', rows);
        Scenario().Matches(all).Select(match => match.Value).Should().BeSubsetOf(ScenarioCatalogue.All.Select(scenario => scenario.Id));
        Test().Matches(all).Where(match => !Exists(match.Groups["class"].Value, match.Groups["method"].Value)).Should().BeEmpty();
    }

    private static bool Exists(string @class, string method)
        => Directory.EnumerateFiles(Path.Combine(Root, "tests"), @class + ".cs", SearchOption.AllDirectories)
            .Any(file => File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal));

    [GeneratedRegex(@"\b[A-Z]+-\d\d\b")]
    private static partial Regex Scenario();

    [GeneratedRegex(@"`(?<class>\w+)\.(?<method>\w+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Test();
}
