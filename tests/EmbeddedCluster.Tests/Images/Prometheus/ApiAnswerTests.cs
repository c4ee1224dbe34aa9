using System.Text.Json.Nodes;
using EmbeddedCluster.Images.Prometheus;

namespace EmbeddedCluster.Tests.Images.Prometheus;

public sealed class ApiAnswerTests
{
    private static readonly TimeScale TwentyTimes = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000), 20);

    [Theory]
    [InlineData("""{"resultType":"scalar","result":[1000003,"5"]}""", """{"resultType":"scalar","result":[1000060,"5"]}""")]
    [InlineData("""{"resultType":"string","result":[1000003.5,"1000003.5"]}""", """{"resultType":"string","result":[1000070,"1000003.5"]}""")]
    [InlineData(
        """{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1000003,"NaN"]},{"metric":{},"histogram":[1000003,{"count":"1"}]}]}""",
        """{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1000060,"NaN"]},{"metric":{},"histogram":[1000060,{"count":"1"}]}]}""")]
    [InlineData(
        """{"resultType":"matrix","result":[{"metric":{},"values":[[1000000.05,"1"],[1000000.1,"2"]],"histograms":[[1000000.1,{}]]}]}""",
        """{"resultType":"matrix","result":[{"metric":{},"values":[[1000001,"1"],[1000002,"2"]],"histograms":[[1000002,{}]]}]}""")]
    [InlineData("""{"resultType":"vector","result":[]}""", """{"resultType":"vector","result":[]}""")]
    public void Samples_carry_the_clusters_moments(string real, string cluster)
        => ApiAnswer.InClusterTime(Answer(real), TwentyTimes).ToJsonString().Should().Be(Answer(cluster).ToJsonString());

    [Fact]
    public void Results_of_an_instant_query_carry_exactly_the_moment_that_was_asked_for()
        => ApiAnswer.InClusterTime(Answer("""{"resultType":"vector","result":[{"metric":{},"value":[1000003.001,"1"]}]}"""), TwentyTimes, asked: 1000060.017)
            .ToJsonString().Should().Contain("[1000060.017,\"1\"]");

    [Fact]
    public void An_answer_without_data_stays()
        => ApiAnswer.InClusterTime(JsonNode.Parse("""{"status":"error","errorType":"timeout"}""")!, TwentyTimes)
            .ToJsonString().Should().Be("""{"status":"error","errorType":"timeout"}""");

    private static JsonNode Answer(string data) => JsonNode.Parse($$"""{"status":"success","data":{{data}}}""")!;
}
