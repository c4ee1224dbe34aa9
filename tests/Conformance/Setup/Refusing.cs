using System.Text.Json.Nodes;
using Conformance.Language;
using Conformance.Running;
using Fixtures.Clusters;
using Fixtures.Metrics;
using static Conformance.Language.Duration;

namespace Conformance.Setup;

/// <summary>R1, R2 and R4 refused: what the stack says to those who come with the wrong thing.</summary>
public sealed class Refusing(SuiteRun suite) : Scenario(suite)
{
    private const string Path = "app/canary";

    private const string Pod = "  template:\n    metadata:\n";

    /// <summary>The discard port: nothing listens there.</summary>
    private const string Annotations = Pod + "      annotations:\n        prometheus.io/scrape: \"true\"\n        prometheus.io/port: \"9\"\n";

    [Scenario(
        "SET-06",
        "Deploys an application that asks to be scraped at a port on which nothing listens: Prometheus shows the target as down with the reason, and the application is delivered all the same.",
        Refuses = ["R1"],
        Catches = ["a target that is down and looks like one that has nothing to tell", "metrics that cannot be had and hold up a delivery"])]
    public Task A_target_that_cannot_be_scraped_is_shown_as_down_and_holds_up_nothing() => PlayAsync(
        Path,
        async reader =>
        {
            await reader.PushesTheEdit("one pod, which asks to be scraped where nothing listens", text => text.Replace("replicas: 10", "replicas: 1").Replace(Pod, Annotations));
            await reader.DeploysTheApplication();
            await using var target = PrometheusReadings.Target(reader.Stage.Cluster, reader.Stage.Names.Namespace);
            await reader.Sees(target.Subject, Is.DownTarget("connection refused"), within: Seconds(120));
            await using var up = PrometheusReadings.Of(reader.Stage.Cluster, $"up{{namespace=\"{reader.Stage.Names.Namespace}\"}}");
            await reader.Sees(up.Subject, Has.Sample("0"), within: Seconds(60));
            reader.OpensTheHost();
            await reader.Sees(reader.Active.Subject, Is.Answering("blue"), within: Seconds(30));
            await reader.Sees(reader.Application, Is.Synced.And(Is.HealthyApplication), within: Seconds(1));
        },
        Capability.Prometheus);

    [Scenario(
        "SET-07",
        "Comes to Argo CD with a wrong password, and connects a repository that is not there: each is refused with the reason, and nothing is listed as connected.",
        Refuses = ["R2"],
        Catches = ["a login that lets anybody in", "CD-13: a repository that is taken although it cannot be read"])]
    public Task A_wrong_password_and_a_repository_that_is_not_there_are_refused() => PlayAsync(Path, async reader =>
    {
        var nowhere = new Uri(reader.Stage.Repository.Url, "nowhere.git");
        await reader.IsNotLetInWith("not the password");
        await reader.CannotConnect(nowhere);
        await reader.FindsNoRepository(nowhere);
    });

    [Scenario(
        "SET-08",
        "Applies a Rollout whose replicas are a word, one with a misspelt step, and an analysis without a provider: the installed kinds refuse each, naming the field, and nothing is stored.",
        Refuses = ["R4"],
        Catches = ["RO-03: a definition whose schema lets everything through", "a misspelt field that is dropped without a word"])]
    public Task Objects_that_are_not_of_the_installed_kinds_are_refused_with_the_field() => PlayAsync(Path, async reader =>
    {
        await reader.CreatesTheNamespace();
        await reader.IsRefusedByTheApi(
            "replicas that are a word",
            "rollouts",
            Rollout(new JsonObject { ["replicas"] = "ten" }),
            "spec.replicas: Invalid value: \"string\": spec.replicas in body must be of type integer: \"string\"");
        await reader.IsRefusedByTheApi(
            "a misspelt step",
            "rollouts",
            Rollout(new JsonObject { ["strategy"] = new JsonObject { ["canary"] = new JsonObject { ["steps"] = new JsonArray(new JsonObject { ["setWeigth"] = 20 }) } } }),
            "strict decoding error: unknown field \"spec.strategy.canary.steps[0].setWeigth\"");
        await reader.IsRefusedByTheApi(
            "an analysis without a provider",
            "analysistemplates",
            Object("AnalysisTemplate", new JsonObject { ["metrics"] = new JsonArray(new JsonObject { ["name"] = "success-rate" }) }),
            "spec.metrics[0].provider: Required value");
        await reader.KeepsSeeing(reader.Stage.Contents(), Has.Nothing, during: Seconds(5));
    });

    private static JsonObject Rollout(JsonObject spec) => Object("Rollout", spec);

    private static JsonObject Object(string kind, JsonObject spec) => new()
    {
        ["apiVersion"] = "argoproj.io/v1alpha1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = "handson" },
        ["spec"] = spec,
    };
}
