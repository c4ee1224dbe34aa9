using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace EmbeddedCluster.Tests.Images.Prometheus;

/// <summary>The real program, asked in the time of a cluster that runs 20 times as fast.</summary>
public sealed class PrometheusServerTests(RunningPrometheus prometheus) : IClassFixture<RunningPrometheus>
{
    [Fact]
    public async Task A_pod_with_the_annotations_is_found_through_the_API_and_scraped_once()
    {
        var (_, answer) = await prometheus.AskAsync("/api/v1/targets", ("state", "active"));

        var target = answer["data"]!["activeTargets"]!.AsArray().Should().ContainSingle().Which!;
        ((string)target["scrapeUrl"]!).Should().MatchRegex(@"^http://127\.\d+\.\d+\.\d+:\d+/custom-metrics$");
        ((string)target["health"]!).Should().Be("up");
        target["labels"]!["namespace"]!.GetValue<string>().Should().Be("shop");
        target["labels"]!["pod"]!.GetValue<string>().Should().Be("web");
    }

    [Fact]
    public async Task A_rate_is_per_second_of_the_cluster()
        => (await ValueAsync("sum(rate(nginx_ingress_controller_requests{status=\"200\"}[30s]))")).Should().BeApproximately(7, 1);

    [Fact]
    public async Task An_increase_is_over_the_clusters_time()
        => (await ValueAsync("sum(increase(nginx_ingress_controller_requests{status=\"200\"}[30s]))")).Should().BeApproximately(210, 30);

    [Fact]
    public async Task The_chapters_query_gives_the_share_of_good_answers()
        => (await ValueAsync(
            """
            sum(rate(nginx_ingress_controller_requests{ingress="app-ingress-by-nginx", status!~"[4-5].*"}[1m]))
            /
            sum(rate(nginx_ingress_controller_requests{ingress="app-ingress-by-nginx"}[1m]))
            """)).Should().BeApproximately(7 / 8.0, 0.01);

    [Fact]
    public async Task Moments_are_the_clusters()
    {
        var now = prometheus.Now;
        var (_, answer) = await prometheus.AskAsync("/api/v1/query", ("query", "up{pod=\"web\"} * time()"), ("time", $"{now:F3}"));

        var sample = answer["data"]!["result"]!.AsArray().Should().ContainSingle().Which!["value"]!;
        sample[0]!.GetValue<double>().Should().Be(Math.Round(now, 3));
        Number(sample).Should().BeApproximately(now, 0.1);
        (await ValueAsync("timestamp(up{pod=\"web\"})")).Should().BeInRange(now - 60, prometheus.Now);
    }

    [Fact]
    public async Task A_range_query_has_the_clusters_steps()
    {
        var end = prometheus.Now;
        var (_, answer) = await prometheus.AskAsync(
            "/api/v1/query_range", ("query", "up{pod=\"web\"}"), ("start", $"{end - 20:F3}"), ("end", $"{end:F3}"), ("step", "5s"));

        var moments = answer["data"]!["result"]!.AsArray().Should().ContainSingle().Which!["values"]!.AsArray().Select(sample => (double)sample![0]!).ToList();
        moments.Should().HaveCount(5).And.OnlyContain(moment => moment >= end - 20.1 && moment <= end + 0.1);
        moments.Zip(moments.Skip(1), (before, after) => after - before).Should().OnlyContain(step => Math.Abs(step - 5) < 0.1);
    }

    [Fact]
    public async Task A_query_that_is_refused_is_refused_in_the_words_about_the_text_as_written()
    {
        var (status, answer) = await prometheus.AskAsync("/api/v1/query", ("query", "rate(nginx_ingress_controller_requests)"));

        status.Should().Be(HttpStatusCode.BadRequest);
        ((string)answer["errorType"]!).Should().Be("bad_data");
        ((string)answer["error"]!).Should().Contain("1:6: parse error: expected type range vector in call to function \"rate\", got instant vector");
    }

    [Fact]
    public async Task A_series_that_does_not_exist_is_an_empty_vector()
    {
        var (_, answer) = await prometheus.AskAsync("/api/v1/query", ("query", "rate(no_such_metric[1m])"));

        answer["data"]!["result"]!.AsArray().Should().BeEmpty();
    }

    private async Task<double> ValueAsync(string query)
    {
        var (status, answer) = await prometheus.AskAsync("/api/v1/query", ("query", query), ("time", $"{prometheus.Now:F3}"));
        status.Should().Be(HttpStatusCode.OK, answer.ToJsonString());
        return Number(answer["data"]!["result"]!.AsArray().Should().ContainSingle($"{query} has one value").Which!["value"]!);
    }

    private static double Number(JsonNode sample) => double.Parse((string)sample[1]!, CultureInfo.InvariantCulture);
}
