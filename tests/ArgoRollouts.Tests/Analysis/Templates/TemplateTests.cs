using ArgoRollouts.Analysis;
using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Templates;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("count: 2", "interval must be specified when count > 1")]
    [InlineData("count: 1, failureLimit: 2", "count (1) must be >= failureLimit + consecutiveSuccessLimit (2 + 0) if both >= 0")]
    [InlineData("count: 5, interval: 1s, failureLimit: 3, consecutiveSuccessLimit: 3", "count (5) must be >= failureLimit + consecutiveSuccessLimit (3 + 3) if both >= 0")]
    [InlineData("count: 2, interval: 1s, failureLimit: -1, consecutiveSuccessLimit: 3", "count must be >= consecutiveSuccessLimit")]
    [InlineData("count: 1, inconclusiveLimit: 2", "count must be >= inconclusiveLimit")]
    [InlineData("failureLimit: -2", "failureLimit must be >= 0, or -1 to be disabled")]
    [InlineData("failureLimit: -1", "failureLimit and consecutiveSuccessLimit cannot both be disabled")]
    [InlineData("consecutiveSuccessLimit: -1", "consecutiveSuccessLimit must be >= 0")]
    [InlineData("inconclusiveLimit: -1", "inconclusiveLimit must be >= 0")]
    [InlineData("consecutiveErrorLimit: -1", "consecutiveErrorLimit must be >= 0")]
    [InlineData("interval: fiveMinutes", "invalid interval string: time: invalid duration \"fiveMinutes\"")]
    [InlineData("initialDelay: fiveMinutes", "invalid startDelay string: time: invalid duration \"fiveMinutes\"")]
    [InlineData("interval: 5", "invalid interval string: time: missing unit in duration \"5\"")]
    [InlineData("provider: none", "no provider specified")]
    [InlineData("provider: two", "multiple providers specified")]
    [InlineData("provider: plugins", "multiple providers specified")]
    public void A_metric_that_cannot_work_is_refused(string fields, string message)
    {
        var validate = () => MetricValidation.Validate([Metric("name: first"), Metric("name: second, " + fields)]);
        validate.Should().Throw<AnalysisException>().WithMessage($"metrics[1]: {message}");
    }

    [Theory]
    [InlineData("count: 1, failureLimit: 1, interval: 5s")] // the tutorial's
    [InlineData("interval: 10s, failureLimit: 3")]
    [InlineData("failureLimit: -1, consecutiveSuccessLimit: 3, interval: 1s")]
    [InlineData("count: 5, interval: 1m, inconclusiveLimit: 5, consecutiveErrorLimit: 0, initialDelay: 1h30m")]
    public void A_metric_that_works_is_accepted(string fields) => MetricValidation.Problem(Metric(fields)).Should().BeNull();

    [Fact]
    public void Metrics_have_names_of_their_own_and_there_is_one()
    {
        var none = () => MetricValidation.Validate([]);
        none.Should().Throw<AnalysisException>().WithMessage("no metrics specified");
        var twice = () => MetricValidation.Validate([Metric("name: m"), Metric("name: m")]);
        twice.Should().Throw<AnalysisException>().WithMessage("metrics[1]: duplicate name 'm'");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("interval: 5s", null)]
    [InlineData("interval: 5s, count: 3", 3)]
    [InlineData("count: 0", 1)]
    public void The_effective_count_is_one_without_an_interval(string fields, int? expected) => Metric(fields).EffectiveCount().Should().Be(expected);

    [Fact]
    public void Rules_choose_metrics_by_regular_expression()
    {
        Metric[] metrics = [Metric("name: success-rate"), Metric("name: error-rate"), Metric("name: latency")];
        MetricRules.DryRun([new() { MetricName = ".*rate" }], metrics).Should().BeEquivalentTo("success-rate", "error-rate");
        MetricRules.Retention([new() { MetricName = "rate$", Limit = 2 }, new() { MetricName = "^error", Limit = 5 }], metrics)
            .Should().BeEquivalentTo(new Dictionary<string, int> { ["success-rate"] = 2, ["error-rate"] = 5 });
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("(")]
    public void A_rule_that_matches_nothing_is_refused(string pattern)
    {
        Metric[] metrics = [Metric("name: m")];
        var dry = () => MetricRules.DryRun([new() { MetricName = "m" }, new() { MetricName = pattern }], metrics);
        dry.Should().Throw<AnalysisException>().WithMessage("dryRun[1]: Rule didn't match any metric name(s)");
        var retention = () => MetricRules.Retention([new() { MetricName = pattern }], metrics);
        retention.Should().Throw<AnalysisException>().WithMessage("measurementRetention[0]: Rule didn't match any metric name(s)");
    }

    [Fact]
    public void Templates_are_joined_into_a_run()
    {
        var references = new TemplateReferences(
            [Template("a", new() { Metrics = [Metric("name: one")], Args = [new() { Name = "host" }], DryRun = [new() { MetricName = "one" }] })],
            [new ClusterAnalysisTemplate { Spec = new() { Metrics = [Metric("name: two")], Args = [new() { Name = "host", Value = "default" }] } }]);
        var analysis = new RolloutAnalysis { MeasurementRetention = [new() { MetricName = "two", Limit = 3 }] };

        var run = AnalysisRunFactory.Create(references, [new() { Name = "host", Value = "shop" }], analysis, new() { Name = "run" });

        run.Spec.Metrics.Select(m => m.Name).Should().Equal("one", "two");
        run.Spec.Args!.Select(a => (a.Name, a.Value)).Should().Equal(("host", "shop"));
        run.Spec.DryRun!.Select(d => d.MetricName).Should().Equal("one");
        run.Spec.MeasurementRetention!.Select(r => (r.MetricName, r.Limit)).Should().Equal(("two", 3));
    }

    [Fact]
    public void Templates_that_clash_are_refused()
    {
        var same = Template("a", new() { Metrics = [Metric("name: m")], DryRun = [new() { MetricName = "m" }] });
        var metrics = () => TemplateFlattening.Flatten([same, same], []);
        metrics.Should().Throw<AnalysisException>().WithMessage("two metrics have the same name 'm'");
        var rules = () => AnalysisRunFactory.Create(new([same], []), [], new() { DryRun = [new() { MetricName = "m" }] }, new());
        rules.Should().Throw<AnalysisException>().WithMessage("two Dry-Run metric rules have the same name 'm'");
    }

    [Fact]
    public void Templates_named_by_templates_come_along_once_and_circles_end()
    {
        var outer = Template("outer", new() { Templates = [new() { TemplateName = "inner" }, new() { TemplateName = "shared", ClusterScope = true }] });
        var inner = Template("inner", new() { Templates = [new() { TemplateName = "outer" }, new() { TemplateName = "shared", ClusterScope = true }] });
        var shared = new ClusterAnalysisTemplate { Metadata = new() { Name = "shared" } };
        AnalysisTemplate[] all = [outer, inner];

        var found = TemplateReferences.Resolve([new() { TemplateName = "outer" }], name => all.FirstOrDefault(t => t.Metadata.Name == name), name => name == "shared" ? shared : null);
        found.Templates.Should().Equal(outer, inner);
        found.ClusterTemplates.Should().Equal(shared);

        var missing = () => TemplateReferences.Resolve([new() { TemplateName = "gone" }], _ => null, _ => null);
        missing.Should().Throw<AnalysisException>().WithMessage("analysistemplate.argoproj.io \"gone\" not found");
    }

    private static AnalysisTemplate Template(string name, AnalysisTemplateSpec spec) => new() { Metadata = new() { Name = name }, Spec = spec };

    private static Metric Metric(string fields)
    {
        var metric = new Metric { Name = "m", Provider = new() { Job = new() } };
        foreach (var field in fields.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (field.Split(": ")[0], field.Split(": ")[1]);
            switch (name)
            {
                case "name": metric.Name = value; break;
                case "count": metric.Count = int.Parse(value); break;
                case "interval": metric.Interval = value; break;
                case "initialDelay": metric.InitialDelay = value; break;
                case "failureLimit": metric.FailureLimit = int.Parse(value); break;
                case "inconclusiveLimit": metric.InconclusiveLimit = int.Parse(value); break;
                case "consecutiveErrorLimit": metric.ConsecutiveErrorLimit = int.Parse(value); break;
                case "consecutiveSuccessLimit": metric.ConsecutiveSuccessLimit = int.Parse(value); break;
                case "provider": metric.Provider = Provider(value); break;
                default: throw new ArgumentException(field, nameof(fields));
            }
        }
        return metric;
    }

    private static MetricProvider Provider(string kind) => kind switch
    {
        "two" => new() { Job = new(), Web = new() },
        "plugins" => new() { Plugin = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["a"] = null, ["b"] = null } },
        _ => new(),
    };
}
