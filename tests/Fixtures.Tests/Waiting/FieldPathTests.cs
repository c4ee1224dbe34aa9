using System.Text.Json.Nodes;
using Fixtures.Waiting;

namespace Fixtures.Tests.Waiting;

public sealed class FieldPathTests
{
    private static readonly JsonNode Rollout = JsonNode.Parse(
        """
        {
          "metadata": { "annotations": { "rollout.argoproj.io/revision": "2" } },
          "status": {
            "phase": "Paused",
            "pauseConditions": [ { "reason": "BlueGreenPause" } ],
            "conditions": [ { "type": "Progressing", "status": "Unknown" }, { "type": "Available", "status": "True" } ]
          }
        }
        """)!;

    [Theory]
    [InlineData(".status.phase", "Paused")]
    [InlineData(".status.pauseConditions[0].reason", "BlueGreenPause")]
    [InlineData(".status.conditions[type=Available].status", "True")]
    [InlineData(".metadata.annotations['rollout.argoproj.io/revision']", "2")]
    public void A_path_reads_names_indexes_keys_and_quoted_names(string path, string expected) =>
        FieldPath.Read(Rollout, path)!.ToString().Should().Be(expected);

    [Theory]
    [InlineData(".status.blueGreen.activeSelector")]
    [InlineData(".status.pauseConditions[1].reason")]
    [InlineData(".status.conditions[type=Healthy].status")]
    [InlineData(".status.phase.deeper")]
    public void What_is_not_there_reads_as_null(string path) => FieldPath.Read(Rollout, path).Should().BeNull();

    [Fact]
    public void A_path_that_cannot_be_read_is_named()
    {
        var act = () => FieldPath.Read(Rollout, ".status[");

        act.Should().Throw<FormatException>().WithMessage("'.status[' is not a field path: expected '.name' or '[...]' at '['");
    }
}
