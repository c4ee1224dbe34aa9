using Fixtures.Recording;

namespace Fixtures.Tests.Recording;

public sealed class ExcerptTests
{
    [Fact]
    public void Of_a_log_that_many_share_the_lines_about_one_are_taken_below_their_container()
    {
        const string log = "==> argo-cd/server-1/server <==\nGET bg-05\nGET can-01\n\n==> argo-cd/controller-1/controller <==\nsync can-01\n";

        var excerpt = Excerpt.Of("logs", "controllers.log", log, about: "bg-05");

        excerpt.Text.Should().Be("==> argo-cd/server-1/server <==\nGET bg-05");
        excerpt.Title.Should().Be("logs, lines about bg-05");
    }

    [Fact]
    public void Of_a_long_file_the_end_is_taken()
    {
        var excerpt = Excerpt.Of("events", "events.txt", string.Join('\n', Enumerable.Range(1, 100)));

        excerpt.Title.Should().Be("events, the last 60 of 100");
        excerpt.Text.Should().StartWith("41\n").And.EndWith("\n100");
    }

    [Fact]
    public void History_tells_what_became_of_each_object_once()
    {
        const string rollout = """{ "kind": "Rollout", "metadata": { "namespace": "x", "name": "handson" }, "status": { "phase": "PHASE", "message": "m" } }""";
        var seen = new Seen().At(1, rollout.Replace("PHASE", "Progressing")).At(2, rollout.Replace("PHASE", "Progressing")).At(3.5, rollout.Replace("PHASE", "Paused"))
            .At(4, """{ "kind": "Pod", "metadata": { "namespace": "x", "name": "p" } }""");

        HistoryText.Of(seen.All, Seen.Start).TrimEnd('\n').Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .Should().Equal("+1.0s Rollout handson Progressing m", "+3.5s Rollout handson Paused m");
    }
}
