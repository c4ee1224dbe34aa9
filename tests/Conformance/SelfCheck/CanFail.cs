using Conformance.BlueGreen;
using Conformance.Language;
using Conformance.Running;
using Fixtures.Clusters;
using Fixtures.Recording;
using Fixtures.Sabotage;
using Fixtures.Waiting;
using FluentAssertions;

namespace Conformance.SelfCheck;

/// <summary>A suite that cannot fail is worth nothing: scenarios are played under sabotage and must fail where and how they should.</summary>
public sealed class CanFail(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "SC-01",
        "Plays BG-05 while the controller's write to the active service is dropped: it must fail at the step that looks at the active host, and say so.",
        Rows = ["R10"],
        Pods = 4,
        Catches = ["a promotion scenario that passes without a promotion"])]
    public Task A_suppressed_promotion_fails_the_promotion_scenario_at_its_step() => PlayAsync(
        BlueGreenStory.Path,
        async reader =>
        {
            using var sabotage = reader.Stage.Cluster.Sabotage(Saboteur.ServiceSelectorNeverChanges(reader.Stage.Names.Namespace, "handson"));
            var inner = reader.Rehearsing(Is.Answering("green"));

            var story = () => Promoting.PlayAsync(inner);

            var failure = (await story.Should().ThrowAsync<WaitFailedException>()).Which;
            failure.Message.Should().StartWith($"Host '{reader.Stage.Names.ActiveHost}' did not become green within ");
            failure.Message.Should().ContainAll("expected  .answer green", "observed  .answer blue", ".answer   green  <>  blue", "look ", "again ");
            var last = inner.Stage.Recorder.Steps[^1];
            last.Verdict.Should().Be(Verdict.Failed);
            last.Words.Should().Be($"sees Host '{reader.Stage.Names.ActiveHost}' become green");
        },
        Capability.Sabotage);
}
