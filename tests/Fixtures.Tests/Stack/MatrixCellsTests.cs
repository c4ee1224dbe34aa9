using System.Text.Json.Nodes;
using Fixtures.Stack;

namespace Fixtures.Tests.Stack;

/// <summary>The nightly run's matrices, as GitHub takes them.</summary>
public sealed class MatrixCellsTests
{
    private static readonly VersionMatrix Matrix = VersionMatrix.Read();

    [Fact]
    public void Every_stack_runs_on_every_Kubernetes_version_that_it_is_pinned_with() =>
        MatrixCells.Cells(Matrix).Select(cell => (cell.Stack, cell.Kubernetes))
            .Should().Equal(Matrix.Stacks.SelectMany(stack => stack.Kubernetes.Select(kubernetes => (stack.Name, kubernetes.Version))))
            .And.Contain(("rollouts-1.8", "v1.31.0+k3s1"));

    [Fact]
    public void Every_upgrade_is_written_as_the_suite_takes_it() =>
        MatrixCells.Upgrades(Matrix).Select(cell => cell.Upgrade).Should().Contain("rollouts=1.8.4..1.9.1").And.HaveCount(Matrix.Upgrades.Count);

    [Fact]
    public void Names_are_unique_and_fit_for_artifacts()
    {
        var names = MatrixCells.Cells(Matrix).Select(cell => cell.Name).Concat(MatrixCells.Upgrades(Matrix).Select(cell => cell.Name)).ToList();

        names.Should().OnlyHaveUniqueItems().And.OnlyContain(name => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' || letter == '.'));
    }

    [Fact]
    public void The_json_is_one_line_with_an_include_for_each_matrix()
    {
        var json = MatrixCells.Json(Matrix);

        json.Should().NotContain("\n").And.Contain("\"v1.35.1+k3s1\"");
        var node = JsonNode.Parse(json)!;
        node["cells"]!["include"]!.AsArray().Select(cell => cell!["kubernetes"]!.GetValue<string>()).Should().Contain("v1.35.1+k3s1");
        node["upgrades"]!["include"]![0]!["upgrade"]!.GetValue<string>().Should().Be("rollouts=1.8.4..1.9.1");
    }
}
