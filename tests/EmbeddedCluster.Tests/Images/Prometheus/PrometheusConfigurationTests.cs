using EmbeddedCluster.Images.Prometheus;

namespace EmbeddedCluster.Tests.Images.Prometheus;

public sealed class PrometheusConfigurationTests
{
    private static readonly ServiceAccountFiles Account = new("https://127.0.0.1:6443", "/pod/account", "prometheus");
    private static readonly TimeScale TwentyTimes = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000), 20);
    private static readonly TimeScale Real = TwentyTimes with { Speed = 1 };

    [Fact]
    public void Intervals_become_real_ones_but_no_scrape_is_faster_than_100_ms()
        => For(
            """
            global:
              scrape_interval: 5s
              evaluation_interval: 15s
            scrape_configs:
              - job_name: slow
                scrape_interval: 1m
              - job_name: fast
                scrape_interval: 1s
            """,
            TwentyTimes)
            .Should().Be(
            """
            global:
              scrape_interval: 250ms
              evaluation_interval: 750ms
            scrape_configs:
            - job_name: slow
              scrape_interval: 3000ms
            - job_name: fast
              scrape_interval: 100ms
            """);

    [Fact]
    public void Intervals_that_are_not_given_are_Prometheus_own() => For("scrape_configs: []", TwentyTimes).Should().Be(
            """
            scrape_configs: []
            global:
              scrape_interval: 3000ms
              evaluation_interval: 3000ms
            """);

    [Fact]
    public void At_the_real_speed_every_interval_keeps_its_length()
        => For("global: {scrape_interval: 50ms, evaluation_interval: 1m}", Real).Should().Be("global: {scrape_interval: 50ms, evaluation_interval: 60000ms}");

    [Fact]
    public void A_time_out_stays_real_but_no_longer_than_the_interval()
        => For(
            """
            global: {scrape_interval: 10s, evaluation_interval: 20s, scrape_timeout: 5s}
            scrape_configs:
            - {job_name: a, scrape_timeout: 5s}
            - {job_name: b, scrape_interval: 1h, scrape_timeout: 5s}
            """,
            TwentyTimes)
            .Should().Be(
            """
            global: {scrape_interval: 500ms, evaluation_interval: 1000ms, scrape_timeout: 500ms}
            scrape_configs:
            - {job_name: a, scrape_timeout: 500ms}
            - {job_name: b, scrape_interval: 180000ms, scrape_timeout: 5s}
            """);

    [Fact]
    public void Discovery_in_the_cluster_gets_the_address_and_the_service_account()
        => For(
            """
            global: {scrape_interval: 1m, evaluation_interval: 1m}
            scrape_configs:
            - job_name: pods
              kubernetes_sd_configs:
              - role: pod
                namespaces:
                  own_namespace: true
              - role: node
                api_server: https://elsewhere
            """,
            Real)
            .Should().Be(
            """
            global: {scrape_interval: 60000ms, evaluation_interval: 60000ms}
            scrape_configs:
            - job_name: pods
              kubernetes_sd_configs:
              - role: pod
                namespaces:
                  names:
                  - prometheus
                api_server: https://127.0.0.1:6443
                authorization:
                  credentials_file: /pod/account/token
                tls_config:
                  ca_file: /pod/account/ca.crt
              - role: node
                api_server: https://elsewhere
            """);

    [Fact]
    public void Files_of_the_service_account_are_where_the_program_finds_them()
        => For(
            """
            global: {scrape_interval: 1m, evaluation_interval: 1m}
            scrape_configs:
            - job_name: nodes
              authorization:
                credentials_file: /var/run/secrets/kubernetes.io/serviceaccount/token
            """,
            Real)
            .Should().Contain("credentials_file: /pod/account/token");

    [Fact]
    public void A_build_without_discovery_reads_its_pods_from_a_file()
        => For(PodsJob("role: pod"), Real, "/pod/pods.json")
            .Should().Be(
            """
            global: {scrape_interval: 60000ms, evaluation_interval: 60000ms}
            scrape_configs:
            - job_name: pods
              file_sd_configs:
              - files:
                - /pod/pods.json
            """);

    [Theory]
    [InlineData("role: endpoints")]
    [InlineData("{role: pod, namespaces: {own_namespace: true}}")]
    public void A_build_without_discovery_cannot_do_more(string discovery)
        => FluentActions.Invoking(() => For(PodsJob(discovery), Real, "/pod/pods.json")).Should().Throw<InvalidDataException>()
            .WithMessage("this build of Prometheus has no Kubernetes discovery, and only 'role: pod' is done for it, not *role*: use a release *");

    [Theory]
    [InlineData("- a list", "Prometheus' configuration must be one YAML mapping")]
    [InlineData("", "Prometheus' configuration must be one YAML mapping")]
    [InlineData("a: [", "Prometheus' configuration is not YAML: *")]
    public void What_is_no_configuration_is_refused(string text, string message)
        => FluentActions.Invoking(() => PrometheusConfiguration.For(text, Account, Real)).Should().Throw<InvalidDataException>().WithMessage(message);

    private static string PodsJob(string discovery)
        => $$"""
            global: {scrape_interval: 1m, evaluation_interval: 1m}
            scrape_configs:
            - job_name: pods
              kubernetes_sd_configs:
              - {{discovery}}
            """;

    private static string For(string text, TimeScale scale, string? podsFile = null)
        => PrometheusConfiguration.For(text, Account, scale, podsFile).ReplaceLineEndings("\n").TrimEnd('.', '\n');
}
