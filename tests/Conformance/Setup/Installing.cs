using System.Text.Json.Nodes;
using Conformance.Language;
using Conformance.Running;
using Controllers.Runtime.Client;
using Fixtures.Clusters;
using Fixtures.Observing;
using Fixtures.Stages;
using Fixtures.Waiting;
using static Conformance.Language.Duration;

namespace Conformance.Setup;

/// <summary>R1, R2 and R4: the stack as the chapter's first part leaves it.</summary>
public sealed class Installing(SuiteRun suite) : Scenario(suite)
{
    private const string Path = "app/canary";

    private static readonly Resource<Unstructured> Definitions = Resources.CustomResourceDefinitions.As<Unstructured>();

    private static readonly string[] Kinds = ["rollouts", "analysistemplates", "clusteranalysistemplates", "analysisruns", "experiments"];

    [Scenario(
        "SET-01",
        "Deploys an application, lets its page be asked, and asks Prometheus through the ingress until it has counted those requests.",
        Rows = ["R1"],
        Pods = 4,
        Catches = ["an ingress controller whose metrics are not scraped", "a Prometheus that answers but has no targets"])]
    public Task Prometheus_answers_and_has_counted_the_requests_of_the_ingress() => PlayAsync(
        Path,
        async reader =>
        {
            await reader.CreatesTheApplication();
            await reader.PressesSync();
            await reader.Sees(reader.Application, Is.Synced.And(Is.HealthyApplication), within: Seconds(120));
            reader.OpensTheHost();
            await using var readings = Fixtures.Metrics.PrometheusReadings.Of(
                reader.Stage.Cluster, $"sum(nginx_ingress_controller_requests{{host=\"{reader.Stage.Names.ActiveHost}\",status=\"200\"}})");
            await reader.Sees(readings.Subject, Has.Samples, within: Seconds(300));
        },
        Capability.Prometheus);

    [Scenario(
        "SET-02",
        "Logs in to Argo CD through its ingress, connects the reader's repository, and finds it connected.",
        Rows = ["R2"],
        Catches = ["CD-13: a repository that is shown as connected although nobody tried"])]
    public Task Argo_CD_lets_the_reader_in_and_connects_the_repository() => PlayAsync(Path, async reader =>
    {
        await reader.ConnectsTheRepository();
        await reader.FindsTheRepository("Successful");
    });

    [Scenario(
        "SET-04",
        "Looks at what the charts install: the controller's Deployment with two ready pods, one of them the leader, and the kinds of Argo Rollouts established.",
        Rows = ["R4"],
        Catches = ["RO-04: a controller that does not start", "RO-05: two ready pods of which none leads", "RO-03: a definition that is not served"])]
    public async Task Argo_Rollouts_is_ready_two_of_two_with_its_kinds()
    {
        using var turn = await TheController.TurnAsync(TestContext.Current.CancellationToken);
        await PlayAsync(Path, FindsItInstalled);
    }

    private static async Task FindsItInstalled(Reader reader)
    {
        var history = reader.Stage.History;
        await history.WatchAsync(Resources.Deployments.As<Unstructured>(), "argo-rollouts", "argo-rollouts", reader.Stop);
        await history.WatchAsync(Resources.Leases.As<Unstructured>(), "argo-rollouts", "argo-rollouts-controller-lock", reader.Stop);
        await history.WatchAsync(Definitions, null, null, reader.Stop);

        await reader.Sees(history.Object(new("Deployment", "argo-rollouts", "argo-rollouts")), Is.ReadyDeployment(2), within: Seconds(60));
        await reader.Sees(history.Object(new("Lease", "argo-rollouts", "argo-rollouts-controller-lock")), Is.Held, within: Seconds(60));
        foreach (var kind in Kinds)
        {
            await reader.Sees(history.Object(new(Definitions.Kind, "", $"{kind}.argoproj.io")), Is.Established, within: Seconds(30));
        }
    }
}
