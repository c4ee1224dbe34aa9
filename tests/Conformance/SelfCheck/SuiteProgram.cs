using CliWrap;
using Fixtures.Reporting;
using FluentAssertions;
using NJsonSchema;

namespace Conformance.SelfCheck;

/// <summary>The suite as a program of its own, as a person starts it: without what the environment of this one says.</summary>
internal static class SuiteProgram
{
    /// <summary>With other options than this process's, and nobody's summary to write to. It may end with any code.</summary>
    public static Command With(params string[] arguments) => Cli.Wrap(Environment.ProcessPath!)
        .WithArguments(arguments)
        .WithEnvironmentVariables(environment =>
        {
            environment.Set(RunReports.StepSummaryVariable, null);
            foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOption))
            {
                environment.Set(name, null);
            }
        })
        .WithValidation(CommandResultValidation.None);

    /// <summary>What a line of its output says after its label.</summary>
    public static string Value(IEnumerable<string> lines, string label) =>
        lines.Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..].Trim().Split(' ')[0];

    /// <summary>The folder of the repository.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Conformance.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    /// <summary>The <c>results.json</c> of the run whose output this is, which follows its schema.</summary>
    public static async Task<string> ResultsAsync(IEnumerable<string> lines, CancellationToken stop)
    {
        var report = Path.Combine(Root(), Value(lines, "report"));
        File.Exists(report).Should().BeTrue();
        var results = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(report)!, "results.json"), stop);
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Root(), "docs", "results.schema.json"), stop);
        schema.Validate(results).Should().BeEmpty();
        return results;
    }

    private static bool IsOption(string variable) => variable.StartsWith("CONFORMANCE_", StringComparison.Ordinal);
}
