namespace Architecture.Tests.Workflows;

/// <summary>The rules find what they are there for: each a good workflow with one thing made wrong.</summary>
public sealed class BrokenWorkflowTests
{
    private const string Good = """
        name: good
        on:
          schedule: [{ cron: "17 2 * * *" }]
          workflow_dispatch:
            inputs:
              filter: { type: string }
        permissions: {}
        concurrency: good
        jobs:
          first:
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            permissions: { contents: read }
            outputs:
              cells: ${{ steps.matrix.outputs.cells }}
            steps:
              - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
                with: { persist-credentials: false }
              - id: matrix
                run: echo "$FILTER"
                env:
                  FILTER: ${{ inputs.filter }}
          second:
            needs: first
            if: always() && needs.first.result == 'success'
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            permissions: { issues: write }
            strategy:
              matrix: ${{ fromJSON(needs.first.outputs.cells) }}
            steps:
              - run: echo suite
                timeout-minutes: 4
              - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
                if: always()
                with:
                  name: report-${{ matrix.stack }}
        """;

    private static readonly Dictionary<string, IReadOnlyList<string>> MatrixKeys = new() { ["cells"] = ["stack"] };

    [Fact]
    public void A_good_workflow_breaks_nothing() => Broken(Good).Should().BeEmpty();

    [Theory]
    [InlineData("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "- uses: actions/checkout@v7: pin it as OWNER/NAME@<40 hex digits> # vX.Y.Z")]
    [InlineData("90b1 # v7.0.1", "90b1", "- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1: pin it as OWNER/NAME@<40 hex digits> # vX.Y.Z")]
    [InlineData("persist-credentials: false", "persist-credentials: true", "job first, step 1 leaves the token in the checkout: persist-credentials: false")]
    [InlineData("permissions: {}\n", "", "the workflow has no permissions, so it gets the repository's default")]
    [InlineData("permissions: { contents: read }", "permissions: write-all", "job first has permissions write-all: name each")]
    [InlineData("{ contents: read }", "{ contents: write }", "job first may write contents")]
    [InlineData("{ contents: read }", "{ content: read }", "job first: there is no permission content")]
    [InlineData("concurrency: good\n", "", "the workflow has no concurrency group")]
    [InlineData("17 2 * * *", "17 25 * * *", "the schedule 17 25 * * * is none")]
    [InlineData("needs: first", "needs: frist", "job second needs frist, which is no job")]
    [InlineData("timeout-minutes: 5\n    permissions: { contents", "timeout-minute: 5\n    permissions: { contents", "job first has no timeout-minutes")]
    [InlineData("timeout-minutes: 4", "timeout-minutes: 5", "job second ends after 5 minutes, and its steps with a limit after 5: nothing would be uploaded")]
    [InlineData("        if: always()\n", "", "job second uploads nothing when it failed: if: always()")]
    [InlineData("echo \"$FILTER\"", "echo ${{ inputs.filter }}", "job first, step 2 has an expression in its script: hand it over in env")]
    [InlineData("inputs.filter }", "inputs.filer }", "job first: inputs.filer: there is no input filer")]
    [InlineData("matrix.stack", "matrix.stak", "job second: matrix.stak: the matrix has no stak")]
    [InlineData("fromJSON(", "fromJson(", "job second: fromJson(needs.first.outputs.cells): there is no function fromJson")]
    [InlineData("needs.first.outputs.cells)", "needs.first.outputs.cell)", "job second: fromJSON(needs.first.outputs.cell): job first has no output cell")]
    [InlineData("steps.matrix.outputs", "steps.matrx.outputs", "job first: steps.matrx.outputs.cells: no step has the id matrx")]
    [InlineData("always() && needs.first", "always() && need.first", "job second: always() && need.first.result == '': there is no context need")]
    [InlineData("      - run: echo suite\n", "      - name: suite\n", "job second, step 1 must have either run or uses")]
    public void What_is_wrong_is_named(string right, string wrong, string said)
    {
        Good.Should().Contain(right);

        Broken(Good.Replace(right, wrong)).Should().Contain(said);
    }

    private static IEnumerable<string> Broken(string text)
    {
        var workflow = Workflow.Parse(text);
        return WorkflowRules.Broken(workflow).Concat(ExpressionRules.Broken(workflow, MatrixKeys));
    }
}
