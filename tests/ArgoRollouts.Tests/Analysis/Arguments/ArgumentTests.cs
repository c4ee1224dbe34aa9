using ArgoRollouts.Analysis;
using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Arguments;

public sealed class ArgumentTests
{
    [Theory]
    [InlineData("test", "test")]
    [InlineData("test-{{args.var}}", "test-foo")]
    [InlineData("test-{{ args.var }}", "test-foo")]
    [InlineData("{{args.var}}{{args.other}}", "foob\"a\nr")]
    [InlineData("}} {{args.var}} {", "}} foo {")]
    public void Tags_are_replaced(string template, string expected) =>
        ArgumentSubstitution.Substitute(template, [Arg("var", "foo"), Arg("other", "b\"a\nr")]).Should().Be(expected);

    [Theory]
    [InlineData("test-{{args.var}}", "failed to resolve {{args.var}}")]
    [InlineData("{{ args.a }} {{ args.b }}", "failed to resolve {{ args.b }}")]
    [InlineData("{{inputs.known}}", "failed to resolve {{inputs.known}}")]
    [InlineData("test-{{args.var", "Cannot find end tag=\"}}\" in the template=\"test-{{args.var\" starting from \"args.var\"")]
    public void A_tag_without_a_value_is_refused(string template, string message)
    {
        var substitute = () => ArgumentSubstitution.Substitute(template, [Arg("known", "")]);
        substitute.Should().Throw<AnalysisException>().WithMessage(message);
    }

    [Fact]
    public void An_argument_without_a_value_is_refused_even_where_it_is_not_used()
    {
        var substitute = () => ArgumentSubstitution.Substitute("test", [Arg("test", null)]);
        substitute.Should().Throw<AnalysisException>().WithMessage("argument \"test\" was not supplied");
    }

    [Fact]
    public void Between_quotes_values_are_escaped() =>
        ArgumentSubstitution.SubstituteQuoted("test-{{args.var}}", [Arg("var", "double quotes\"newline\nand tab\t")])
            .Should().Be("test-double quotes\\\"newline\\nand tab\\t");

    [Fact]
    public void Arguments_reach_every_string_of_a_metric()
    {
        var metric = new Metric
        {
            Name = "{{args.name}}",
            Interval = "{{args.interval}}",
            Count = "{{args.count}}",
            SuccessCondition = "result == '{{args.expected}}'",
            Provider = new() { Web = new() { Url = "http://{{args.host}}/", Headers = [new() { Key = "X", Value = "{{args.expected}}" }] } },
        };
        var resolved = MetricResolution.Resolve(metric,
            [Arg("name", "m"), Arg("interval", "5s"), Arg("count", "3"), Arg("expected", "a\"b\\c\n\u00e9"), Arg("host", "shop:80")]);
        resolved.Name.Should().Be("m");
        resolved.Interval.Should().Be("5s");
        resolved.Count!.ToString().Should().Be("3");
        resolved.SuccessCondition.Should().Be("result == 'a\"b\\c\né'");
        resolved.Provider.Web!.Url.Should().Be("http://shop:80/");
        resolved.Provider.Web.Headers![0].Value.Should().Be("a\"b\\c\né");
        metric.Name.Should().Be("{{args.name}}");
    }

    [Fact]
    public void What_a_secret_holds_is_stood_in_for()
    {
        Argument[] arguments = [new() { Name = "token", ValueFrom = new() { SecretKeyRef = new() { Name = "s", Key = "k" } } }, Arg("plain", "p")];
        var metric = new Metric { Name = "m", Provider = new() { Web = new() { Url = "{{args.token}}/{{args.plain}}" } } };
        MetricResolution.WithoutSecrets([metric], arguments)[0].Provider.Web!.Url.Should().Be("temp-for-secret/p");
    }

    [Fact]
    public void Given_values_go_before_those_of_the_template()
    {
        var merged = ArgumentMerging.Merge([Arg("a", "given"), Arg("stray", "x")], [Arg("a", "template"), Arg("b", "template"), Arg("c", "")]);
        merged.Select(m => (m.Name, m.Value)).Should().Equal(("a", "given"), ("b", "template"), ("c", ""));
    }

    [Fact]
    public void An_argument_nobody_gives_is_refused()
    {
        var merge = () => ArgumentMerging.Merge([Arg("a", "x")], [Arg("a", null), Arg("b", null)]);
        merge.Should().Throw<AnalysisException>().WithMessage("args.b was not resolved");
    }

    [Fact]
    public void The_same_argument_of_two_templates_has_one_value()
    {
        ArgumentMerging.Combine([Arg("a", null), Arg("a", "1"), Arg("a", "1"), Arg("a", null)]).Select(a => a.Value).Should().Equal("1");
        var combine = () => ArgumentMerging.Combine([Arg("a", "1"), Arg("a", "2")]);
        combine.Should().Throw<AnalysisException>().WithMessage("Argument `a` specified multiple times with different values: '1', '2'");
    }

    [Theory]
    [InlineData("metadata.name", "handson")]
    [InlineData("metadata.namespace", "blue-green")]
    [InlineData("metadata.labels['region']", "eu")]
    [InlineData("metadata.labels['none']", "")]
    [InlineData("metadata.labels", "app=\"x\"\nregion=\"eu\"")]
    [InlineData("spec.replicas", "10")]
    [InlineData("spec.template.spec.containers[0].image", "argoproj/rollouts-demo:blue")]
    public void A_field_of_the_rollout_becomes_a_value(string path, string expected) => Field(path).Should().Be(expected);

    [Theory]
    [InlineData("metadata.generation", "unsupported fieldPath: metadata.generation")]
    [InlineData("metadata.name['x']", "fieldPath \"metadata.name['x']\" does not support subscript")]
    [InlineData("spec.nothing", "invalid path spec.nothing in rollout")]
    [InlineData("spec.replicas.deeper", "invalid path spec.replicas.deeper in rollout")]
    [InlineData("spec.template", "path spec.template in rollout must terminate in a primitive value")]
    [InlineData("spec.template.spec.containers[1].image", "index 1 out of range")]
    [InlineData("spec.template.spec.containers[a]", "invalid index 'a'")]
    public void A_field_the_rollout_does_not_have_is_refused(string path, string message)
    {
        var build = () => Field(path);
        build.Should().Throw<AnalysisException>().WithMessage(message);
    }

    [Fact]
    public void Hashes_and_plain_values_become_values()
    {
        AnalysisRunArgument[] arguments =
        [
            new() { Name = "latest", ValueFrom = new() { PodTemplateHashValue = "Latest" } }, new() { Name = "stable", ValueFrom = new() { PodTemplateHashValue = "Stable" } },
            new() { Name = "plain", Value = "v" }, new() { Name = "none" }, new() { Name = "later", ValueFrom = new() { FieldRef = new() { FieldPath = "status.nothing" } } },
        ];
        RolloutArguments.Build(arguments, "abc", "def", Rollout(), strict: false).Select(a => a.Value).Should().Equal("def", "abc", "v", "", "");
    }

    private static string? Field(string path) =>
        RolloutArguments.Build([new() { Name = "a", ValueFrom = new() { FieldRef = new() { FieldPath = path } } }], "", "", Rollout())[0].Value;

    private static Rollout Rollout() => new()
    {
        Metadata = new() { Name = "handson", NamespaceProperty = "blue-green", Labels = new Dictionary<string, string> { ["region"] = "eu", ["app"] = "x" } },
        Spec = new()
        {
            Replicas = 10,
            Template = new() { Spec = new() { Containers = [new() { Name = "app", Image = "argoproj/rollouts-demo:blue" }] } },
        },
    };

    private static Argument Arg(string name, string? value) => new() { Name = name, Value = value };
}
