using System.Text.Json.Nodes;
using Fixtures.Recording;
using Fixtures.Reporting;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Fixtures.Tests.Reporting;

public sealed class ResultsSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("results-schema-").FullName;

    public static TheoryData<string> Runs => ["failed, skipped and passed", "all passed", "repeated", "stopped", "without a cluster", "a chapter that ended in the middle"];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task What_is_written_follows_the_schema(string run) =>
        (await ErrorsAsync(await WrittenAsync(run))).Should().BeEmpty();

    [Theory]
    [InlineData("/run/verdict", "\"green\"", ValidationErrorKind.NotInEnumeration)]
    [InlineData("/run/wallSeconds", "\"7.5\"", ValidationErrorKind.NumberExpected)]
    [InlineData("/run/repeat", "0", ValidationErrorKind.NumberTooSmall)]
    [InlineData("/run/host", "\"x\"", ValidationErrorKind.NoAdditionalPropertiesAllowed)]
    [InlineData("/scenarios/1/steps/0/verdict", "\"skipped\"", ValidationErrorKind.NotInEnumeration)]
    [InlineData("/scenarios/0/axis/shares/0/bins/0/high", "1.5", ValidationErrorKind.NumberTooBig)]
    [InlineData("/scenarios/0/axis/metrics/0/measurements/0/at", "null", ValidationErrorKind.NumberExpected)]
    [InlineData("/scenarios/0/rowVerdicts/R10", "\"not covered\"", ValidationErrorKind.NotInEnumeration)]
    [InlineData("/rows/X1", "{}", ValidationErrorKind.NoAdditionalPropertiesAllowed)]
    public async Task What_is_wrong_is_found(string at, string value, ValidationErrorKind kind)
    {
        var results = JsonNode.Parse(await WrittenAsync("failed, skipped and passed"))!;
        Put(results, at, JsonNode.Parse(value));

        Leaves(await ErrorsAsync(results.ToJsonString())).Select(error => error.Kind).Should().Contain(kind);
    }

    [Fact]
    public async Task What_is_missing_is_found()
    {
        var results = JsonNode.Parse(await WrittenAsync("all passed"))!;
        results["scenarios"]![0]!.AsObject().Remove("criticalPath");

        Leaves(await ErrorsAsync(results.ToJsonString())).Should().ContainSingle(error => error.Kind == ValidationErrorKind.PropertyRequired && error.Property == "criticalPath");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RunRecord Record(string run) => run switch
    {
        "all passed" => SampleRun.Green with { Processor = TimeSpan.FromSeconds(20), ProgramsProcessor = TimeSpan.FromSeconds(3) },
        "repeated" => SampleRun.Repeated,
        "a chapter that ended in the middle" => SampleRun.Run([SampleRun.Chapter]),
        "stopped" => SampleRun.Run([], "stopped by SIGINT"),
        "without a cluster" => SampleRun.Run([], "the cluster did not start") with { Cluster = null, Seed = null },
        _ => SampleRun.Mixed,
    };

    private async Task<string> WrittenAsync(string run)
    {
        await RunReports.WriteAsync(_folder, Record(run));
        return await File.ReadAllTextAsync(Path.Combine(_folder, "results.json"));
    }

    private static async Task<ICollection<ValidationError>> ErrorsAsync(string results)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Conformance.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return (await JsonSchema.FromFileAsync(Path.Combine(folder, "docs", "results.schema.json"))).Validate(results);
    }

    /// <summary>The errors themselves, below those that only say in which object they are.</summary>
    private static IEnumerable<ValidationError> Leaves(IEnumerable<ValidationError> errors) => errors.SelectMany(error =>
        error is ChildSchemaValidationError child ? Leaves(child.Errors.SelectMany(pair => pair.Value)) : [error]);

    private static void Put(JsonNode root, string at, JsonNode? value)
    {
        var path = at.Split('/')[1..];
        var parent = path[..^1].Aggregate(root, (node, key) => node is JsonArray list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)]! : node[key]!);
        parent[path[^1]] = value;
    }
}
