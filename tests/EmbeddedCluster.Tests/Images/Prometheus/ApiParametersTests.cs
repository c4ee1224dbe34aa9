using EmbeddedCluster.Images.Prometheus;

namespace EmbeddedCluster.Tests.Images.Prometheus;

public sealed class ApiParametersTests
{
    private static readonly TimeScale TwentyTimes = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000), 20);

    [Theory]
    [InlineData("query", "increase(x[1m])", "increase(x[3000ms])")]
    [InlineData("time", "1000060", "1000003.000")]
    [InlineData("time", "1000060.5", "1000003.025")]
    [InlineData("time", "1970-01-12T13:47:40Z", "1000003.000")]
    [InlineData("time", "1970-01-12T15:47:40+02:00", "1000003.000")]
    [InlineData("time", "yesterday", "yesterday")]
    [InlineData("start", "1000000", "1000000.000")]
    [InlineData("end", "1000020", "1000001.000")]
    [InlineData("step", "15", "0.750")]
    [InlineData("step", "1m", "3.000")]
    [InlineData("step", "0.001", "0.001")]
    [InlineData("step", "-1", "-1")]
    [InlineData("timeout", "30s", "30s")]
    [InlineData("match[]", "x[5m]", "x[5m]")]
    public void Parameters_that_speak_of_time_become_real(string name, string value, string expected)
        => ApiParameters.InRealTime([KeyValuePair.Create(name, value)], TwentyTimes).Single().Should().Be(KeyValuePair.Create(name, expected));

    [Fact]
    public void The_moment_of_an_instant_query_is_the_one_it_names()
    {
        ApiParameters.Moment([KeyValuePair.Create("query", "up"), KeyValuePair.Create("time", "1000060.5")]).Should().Be(1000060.5);
        ApiParameters.Moment([KeyValuePair.Create("query", "up")]).Should().BeNull();
    }
}
