using Fixtures.Recording;
using Fixtures.Reporting.Terminal;
using Fixtures.Running;

namespace Fixtures.Tests.Reporting;

public sealed class PlainViewTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public void It_is_a_line_for_what_passed_and_everything_for_what_failed()
    {
        var view = new PlainView(_output);
        view.ClusterReady(SampleRun.Mixed.Cluster!);
        foreach (var scenario in SampleRun.Mixed.Scenarios)
        {
            view.ScenarioStarted(scenario.Info);
            view.StepStarted(scenario.Info, "the reader deletes");
            view.ScenarioEnded(scenario);
        }

        view.RunEnded(SampleRun.Mixed, new RunFolder("1", Path.Combine(Environment.CurrentDirectory, "artifacts", "1"), "tmp"));

        _output.ToString().Should().Be(
            """
            cluster   embedded, ready in 1.23s, clock ×10: Argo Rollouts v1.9.1, Argo CD v3.5.1
            passed    BG-05  Promote-Full switches the active host once (6.1s)
            failed    BG-06  Deleting leaves <nothing> (6.1s)
                at step 2: nothing is left
                Namespace 'x' did not become empty within 60 s.
                  expected  0 pods
            skipped   AP-01  A query decides (6.1s)
                      no Prometheus on this machine
            rows      passed: R10
            rows      failed: R11
            rows      skipped: R20
            scenarios 1 passed, 1 failed, 1 skipped in 7.5s
            seed      4711
            report    artifacts/1/index.html

            """);
    }
}
