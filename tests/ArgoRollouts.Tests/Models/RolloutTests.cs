using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Tests.Models;

public sealed class RolloutTests
{
    [Fact]
    public void A_rollout_survives_a_round_trip_with_the_names_of_the_schema()
    {
        const string text = """
            {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"handson"},
             "spec":{"replicas":10,"strategy":{"canary":{"steps":[{"setWeight":20},{"pause":{"duration":"1h"}},
               {"analysis":{"templates":[{"templateName":"t"}],"args":[{"name":"h","valueFrom":{"podTemplateHashValue":"Latest"}}]}}],
               "analysis":{"templates":[{"templateName":"b"}],"startingStep":2},"maxSurge":"25%","maxUnavailable":0}}},
             "status":{"canary":{},"blueGreen":{},"HPAReplicas":3,"stableRS":"abc","observedGeneration":"4","currentStepIndex":0,
               "pauseConditions":[{"reason":"CanaryPauseStep","startTime":"2026-01-02T03:04:05Z"}]}}
            """;

        var written = JsonNode.Parse(KubernetesJson.Serialize(KubernetesJson.Deserialize<Rollout>(text)))!;

        JsonNode.DeepEquals(written, JsonNode.Parse(text)).Should().BeTrue(written.ToJsonString());
    }

    [Fact]
    public void An_empty_status_is_written_as_upstream_writes_it()
        => KubernetesJson.Serialize(new RolloutStatus()).Should().Be("""{"canary":{},"blueGreen":{}}""");

    [Theory]
    [InlineData("skywalking")]
    [InlineData("newRelic")]
    [InlineData("cloudWatch")]
    [InlineData("influxdb")]
    public void A_provider_has_the_name_of_the_schema(string name)
    {
        var provider = KubernetesJson.Deserialize<MetricProvider>($"{{\"{name}\":{{}}}}");

        JsonNode.Parse(KubernetesJson.Serialize(provider))!.AsObject().Should().ContainKey(name).And.HaveCount(1);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("1m", 60)]
    [InlineData("1h30m", 5400)]
    [InlineData("500ms", 0)]
    [InlineData("10x", -1)]
    [InlineData("1d", -1)]
    public void A_pause_lasts_as_many_seconds_as_its_duration_says(string duration, int seconds)
        => new RolloutPause { Duration = duration }.DurationSeconds.Should().Be(seconds);

    [Fact]
    public void A_pause_without_duration_has_none() => new RolloutPause().DurationSeconds.Should().Be(0);
}
