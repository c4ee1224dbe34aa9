using Fixtures.Observing;
using Fixtures.Recording;
using Fixtures.Recording.Series;

namespace Fixtures.Tests.Recording;

public sealed class PictureTests
{
    private const string Rollout = """
        { "kind": "Rollout", "metadata": { "namespace": "x", "name": "handson" },
          "spec": { "strategy": { "canary": { "steps": [ { "setWeight": 20 } ] } } },
          "status": { "phase": "Progressing", "currentPodHash": "b", "stableRS": "a", "currentStepIndex": 0 } }
        """;

    [Fact]
    public void A_picture_counts_the_pods_of_ReplicaSets_by_the_tag_of_their_image()
    {
        var seen = new Seen().At(1, Rollout).At(2, Pod("p1", "blue", "ReplicaSet", "True")).At(3, Pod("p2", "blue", "ReplicaSet", "False")).At(4, Pod("j", "3.8", "Job", "True"));

        Pictures.Of(seen.All[^1].State).Should().Be(new ScenarioPicture("Progressing", 20, [new("blue", 1, 2)]));
    }

    [Fact]
    public async Task Only_a_picture_that_differs_is_told()
    {
        var timeline = new Timeline<Observation>();
        var told = new Timeline<ScenarioPicture>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var following = Pictures.FollowAsync(timeline, picture => told.Append(picture), stop.Token);
        var seen = new Seen().At(1, Rollout).At(2, Rollout).At(3, Pod("p1", "blue", "ReplicaSet", "True"));

        timeline.Append(seen.All[0]);
        await told.GrownBeyondAsync(0, stop.Token);
        timeline.Append(seen.All[1]);
        timeline.Append(seen.All[2]);
        await told.GrownBeyondAsync(1, stop.Token);
        await stop.CancelAsync();
        await following;

        told.Since().Should().Equal(new ScenarioPicture("Progressing", 20, []), new ScenarioPicture("Progressing", 20, [new("blue", 1, 1)]));
    }

    private static string Pod(string name, string tag, string owner, string ready) => $$"""
        { "kind": "Pod", "metadata": { "namespace": "x", "name": "{{name}}", "ownerReferences": [ { "kind": "{{owner}}", "controller": true } ] },
          "spec": { "containers": [ { "image": "argoproj/rollouts-demo:{{tag}}" } ] }, "status": { "conditions": [ { "type": "Ready", "status": "{{ready}}" } ] } }
        """;
}
