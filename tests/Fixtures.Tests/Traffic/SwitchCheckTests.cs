using Fixtures.Traffic;

namespace Fixtures.Tests.Traffic;

public sealed class SwitchCheckTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Blue_and_then_green_is_one_switch()
    {
        var answers = Answers("blue", "blue", "green", "green");

        SwitchCheck.Problem(answers, "blue", "green").Should().BeNull();
        SwitchCheck.Moment(answers, "green").Should().Be(Start.AddSeconds(2));
    }

    [Theory]
    [InlineData("the host was never asked")]
    [InlineData("the host never switched: all 2 answers were blue", "blue", "blue")]
    [InlineData("the host never switched: all 1 answers were green", "green")]
    [InlineData("the host switched 3 times", "blue", "green", "blue", "green")]
    [InlineData("the host switched 1 times", "green", "blue")]
    [InlineData("1 answer(s) were neither blue nor green, from 12:00:01.000 on: 503 Service Temporarily Unavailable", "blue", "!503 Service Temporarily Unavailable", "green")]
    [InlineData("2 answer(s) were neither blue nor green, from 12:00:00.000 on: red", "red", "red", "green")]
    public void Anything_else_is_named(string problem, params string[] shown) =>
        SwitchCheck.Problem(Answers(shown), "blue", "green").Should().Be(problem);

    [Theory]
    [InlineData(null, "blue", "green")]
    [InlineData(null, "green", "green")]
    [InlineData("the host was never asked")]
    [InlineData("the host never switched: all 1 answers were blue", "blue")]
    [InlineData("the host switched 2 times", "green", "blue", "green")]
    [InlineData("1 answer(s) were neither blue nor green, from 12:00:00.000 on: 503 Service Temporarily Unavailable", "!503 Service Temporarily Unavailable", "green")]
    public void Who_looks_late_may_see_the_end_of_the_switch_alone(string? problem, params string[] shown) =>
        SwitchCheck.LateProblem(Answers(shown), "blue", "green").Should().Be(problem);

    [Fact]
    public void What_a_host_showed_at_a_moment_counts_although_it_changed_before_it_was_asked_again()
    {
        var host = new HostTraffic("a");
        foreach (var answer in Answers("red", "blue", "green"))
        {
            host.Timeline.Append(answer);
        }

        host.At(Start.AddSeconds(1.5)).Select(answer => answer.Colour).Should().Equal("blue", "green");
    }

    [Fact]
    public void Runs_read_as_colours_and_counts() =>
        AnswerRun.Text(AnswerRun.Of(Answers("blue", "blue", "green"))).Should().Be("blue ×2, green ×1");

    private static IReadOnlyList<Answer> Answers(params string[] shown) =>
    [
        .. shown.Select((what, index) => new Answer(
            "app.argocd.example.com",
            Start.AddSeconds(index),
            Start.AddSeconds(index + 0.1),
            what.StartsWith('!') ? 503 : 200,
            what.StartsWith('!') ? null : what,
            what.StartsWith('!') ? what[1..] : null)),
    ];
}
