using CliWrap;
using CliWrap.Buffered;
using Fixtures.Stack;
using YamlDotNet.RepresentationModel;

namespace Architecture.Tests.Workflows;

/// <summary>The workflows of this repository keep the rules, and agree with helm/versions.json.</summary>
public sealed class WorkflowTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> MatrixKeys = new()
    {
        ["cells"] = ["name", "stack", "kubernetes"],
        ["upgrades"] = ["name", "upgrade"],
    };

    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static TheoryData<string> Files { get; } = [.. Directory.EnumerateFiles(Path.Combine(Root, ".github", "workflows")).Select(file => Path.GetFileName(file))];

    [Fact]
    public void There_is_a_workflow_for_pushes_one_for_nights_and_one_on_demand()
        => Files.Select(file => (string)file.Data).Should().BeEquivalentTo(["ci.yml", "nightly.yml", "on-demand.yml"]);

    [Theory]
    [MemberData(nameof(Files))]
    public void Rules_are_kept(string file)
    {
        var workflow = Read(file);

        WorkflowRules.Broken(workflow).Concat(ExpressionRules.Broken(workflow, MatrixKeys)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Scripts_are_bash_and_call_what_is_there(string file)
    {
        foreach (var (name, job) in Read(file).Jobs)
        {
            foreach (var script in Workflow.Steps(job).Select(step => Workflow.Scalar(step, "run")).OfType<string>())
            {
                (await SaidAsync(script)).Should().BeEmpty($"of job {name}");
                foreach (var called in script.Split([' ', '\n', '(', ')']).Where(word => word.StartsWith(".ci/", StringComparison.Ordinal) || word.StartsWith("tests/", StringComparison.Ordinal) || word.StartsWith("fixtures/", StringComparison.Ordinal)))
                {
                    Path.Exists(Path.Combine(Root, called)).Should().BeTrue($"job {name} names {called}");
                }
            }
        }
    }

    [Fact]
    public async Task Scripts_beside_the_workflows_are_bash()
    {
        foreach (var script in Directory.EnumerateFiles(Path.Combine(Root, ".ci")))
        {
            (await SaidAsync(await File.ReadAllTextAsync(script, TestContext.Current.CancellationToken))).Should().BeEmpty($"of {script}");
        }
    }

    [Fact]
    public void The_stacks_to_choose_from_are_those_of_the_matrix()
    {
        var stack = Workflow.Map(Read("on-demand.yml").Inputs, "stack");

        ((YamlSequenceNode)Workflow.Child(stack, "options")!).Children.Select(option => option.ToString()).Should().Equal(VersionMatrix.Read().Stacks.Select(known => known.Name));
        Workflow.Scalar(stack, "default").Should().Be(VersionMatrix.Read().Default);
    }

    [Fact]
    public void The_keys_that_workflows_may_use_are_those_that_the_matrix_prints()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(MatrixCells.Json(VersionMatrix.Read()))!.AsObject();

        json.ToDictionary(matrix => matrix.Key, matrix => matrix.Value!["include"]![0]!.AsObject().Select(field => field.Key))
            .Should().BeEquivalentTo(MatrixKeys);
    }

    private static Workflow Read(string file) => Workflow.Parse(File.ReadAllText(Path.Combine(Root, ".github", "workflows", file)));

    /// <summary>What bash says of a script that it only reads.</summary>
    private static async Task<string> SaidAsync(string script) => (await Cli.Wrap("bash")
        .WithArguments(["-n"]).WithStandardInputPipe(PipeSource.FromString(script)).WithValidation(CommandResultValidation.None)
        .ExecuteBufferedAsync(TestContext.Current.CancellationToken)).StandardError;

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Conformance.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
