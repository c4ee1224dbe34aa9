using EmbeddedCluster.Images.Prometheus;
using EmbeddedCluster.Images.Prometheus.PromQl;

namespace EmbeddedCluster.Tests.Images.Prometheus;

/// <summary>Queries in the time of a cluster that runs 20 times as fast, started at 1000000 s.</summary>
public sealed class RealTimeQueryTests
{
    private static readonly TimeScale TwentyTimes = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000), 20);

    [Theory]
    [InlineData("up", "up")]
    [InlineData("sum by (rate, offset, time) (up)", "sum by (rate, offset, time) (up)")]
    [InlineData("increase(x[1m])", "increase(x[3000ms])")]
    [InlineData("increase(x[1h30m])", "increase(x[270000ms])")]
    [InlineData("increase(x[ 5m ])", "increase(x[ 15000ms ])")]
    [InlineData("max_over_time(x[1ms])", "max_over_time(x[1ms])")]
    [InlineData("increase(x[60])", "increase(x[3])")]
    [InlineData("increase(x[0x3c])", "increase(x[3])")]
    [InlineData("x offset 5m", "x offset 15000ms")]
    [InlineData("x OFFSET -1d", "x OFFSET -4320000ms")]
    [InlineData("increase(x[1m] offset 10s)", "increase(x[3000ms] offset 500ms)")]
    [InlineData("max_over_time(x[10m:1m])", "max_over_time(x[30000ms:3000ms])")]
    [InlineData("max_over_time(x[10m:])", "max_over_time(x[30000ms:])")]
    [InlineData("job:x:rate5m{a='5m'}[2m]", "job:x:rate5m{a='5m'}[6000ms]")]
    public void Ranges_offsets_and_steps_become_real_ones(string query, string expected) => Real(query).Should().Be(expected);

    [Theory]
    [InlineData("rate(x[1m])", "(rate(x[3000ms]) / 20)")]
    [InlineData("-irate(x[1m]) ^ 2", "-(irate(x[3000ms]) / 20) ^ 2")]
    [InlineData("deriv (x[1m])", "(deriv (x[3000ms]) / 20)")]
    [InlineData("max_over_time(rate(x[1m])[5m:1m])", "max_over_time((rate(x[3000ms]) / 20)[15000ms:3000ms])")]
    [InlineData("predict_linear(x[1h], 4 * 3600)", "predict_linear(x[180000ms], ( 4 * 3600) / 20)")]
    [InlineData("predict_linear(x{a=\"b,c\"}[1h], 60)", "predict_linear(x{a=\"b,c\"}[180000ms], ( 60) / 20)")]
    [InlineData("rate", "rate")]
    public void Changes_per_second_are_per_second_of_the_cluster(string query, string expected) => Real(query).Should().Be(expected);

    [Theory]
    [InlineData("time()", "(1000000.000 + (time() - 1000000.000) * 20)")]
    [InlineData("time() - timestamp(up)", "(1000000.000 + (time() - 1000000.000) * 20) - (1000000.000 + (timestamp(up) - 1000000.000) * 20)")]
    [InlineData("hour()", "hour(vector((1000000.000 + (time() - 1000000.000) * 20)))")]
    [InlineData("hour(vector(0))", "hour(vector(0))")]
    [InlineData("x @ 1000060", "x @ 1000003.000")]
    [InlineData("x @ start()", "x @ start()")]
    [InlineData("x[5m] @ 1000020.5 offset 1m", "x[15000ms] @ 1000001.025 offset 3000ms")]
    public void Moments_are_those_of_the_cluster(string query, string expected) => Real(query).Should().Be(expected);

    [Theory]
    [InlineData("time() - x > 5m")]
    [InlineData("x * 60")]
    [InlineData("x{path='/a[5m]', text=\"rate(\\\"1m\\\")\"} # rate(x[1m]) offset 5m")]
    [InlineData("label_replace(x, 'time', '$1', 'y', `(.*)[1m]`)")]
    public void Numbers_labels_strings_and_comments_stay(string query)
        => Real(query).Replace("(1000000.000 + (time() - 1000000.000) * 20)", "time()").Should().Be(query);

    [Theory]
    [InlineData("rate(x[1m]")]
    [InlineData("rate(x[1m")]
    [InlineData("rate(x[1m) + y]")]
    [InlineData("sum(x{a=\"b)")]
    [InlineData("5mm")]
    [InlineData("rate(x[1m]) § 3")]
    [InlineData("<html>&amp;</html>")]
    public void What_is_no_query_reaches_Prometheus_as_it_is(string query) => Real(query).Should().Be(query);

    [Fact]
    public void The_chapters_query_keeps_its_lines()
        => Real(
            """
            sum(rate(nginx_ingress_controller_requests{ingress="app-ingress-by-nginx", status!~"[4-5].*"}[1m]))
            /
            sum(rate(nginx_ingress_controller_requests{ingress="app-ingress-by-nginx"}[1m]))
            """)
            .Should().Be(
            """
            sum((rate(nginx_ingress_controller_requests{ingress="app-ingress-by-nginx", status!~"[4-5].*"}[3000ms]) / 20))
            /
            sum((rate(nginx_ingress_controller_requests{ingress="app-ingress-by-nginx"}[3000ms]) / 20))
            """);

    [Fact]
    public void At_the_real_speed_nothing_changes()
        => RealTimeQuery.From("rate(x[1m] offset 5m) + time()", TwentyTimes with { Speed = 1 }).Should().Be("rate(x[1m] offset 5m) + time()");

    [Theory]
    [InlineData("a + b:c{d=~'e'}[5m:1m] offset 1h # f\n @ 1.5e3 / .5 >= 0x1F")]
    [InlineData("\"a\\\"b\" 'c' `d\\`")]
    public void The_tokens_are_the_whole_text(string query)
        => string.Concat(PromQlLexer.Tokenize(query)!.Select(token => token.Text)).Should().Be(query);

    private static string Real(string query) => RealTimeQuery.From(query, TwentyTimes);
}
