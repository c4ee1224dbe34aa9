using Fixtures.Traffic;

namespace Conformance.Language;

/// <summary>What the reader finds in the answers of a host over a time.</summary>
public static class TrafficFindings
{
    /// <summary>Every answer since <paramref name="from"/> was this colour, and there were answers.</summary>
    public static Task FindsOnly(this Reader reader, HostTraffic host, string colour, DateTimeOffset from) => reader.FindsIn(
        host,
        $"finds {host.Host} {colour} in every answer",
        $"did not answer {colour} in every sample",
        $"{colour}, no failed request",
        () => host.Since(from),
        answers => AnswerRun.Of(answers) switch
        {
            [] => "the host was never asked",
            [var only] when only.Shown == colour => null,
            var runs => $"{runs.Where(run => run.Shown != colour).Sum(run => run.Count)} answer(s) were not {colour}",
        });

    /// <summary>From what the host showed at <paramref name="from"/> on, the answers switched once, with nothing else in between.</summary>
    public static Task FindsOneSwitch(this Reader reader, HostTraffic host, string before, string after, DateTimeOffset from) => reader.FindsIn(
        host,
        $"finds that {host.Host} switched once, from all {before} to all {after}, with no failed request",
        $"did not switch once from {before} to {after}",
        $"{before}, then {after}, no failed request",
        () => host.At(from),
        answers => SwitchCheck.Problem(answers, before, after));

    /// <summary>Whoever asked since <paramref name="from"/>, when the way back had begun, got <paramref name="after"/>, at first perhaps still <paramref name="before"/>.</summary>
    public static Task FindsTheWayBack(this Reader reader, HostTraffic host, string before, string after, DateTimeOffset from) => reader.FindsIn(
        host,
        $"finds {host.Host} back to all {after}, with no failed request",
        $"did not go back to {after} for good",
        $"{after}, at first perhaps {before}, no failed request",
        () => host.Since(from),
        answers => SwitchCheck.LateProblem(answers, before, after));

    /// <summary>Looks once more before judging: at least one of the answers was asked for after this step began.</summary>
    private static async Task FindsIn(
        this Reader reader,
        HostTraffic host,
        string words,
        string outcome,
        string expected,
        Func<IReadOnlyList<Answer>> look,
        Func<IReadOnlyList<Answer>, string?> judge)
    {
        await host.Timeline.GrownBeyondAsync(host.Timeline.Count + 1, reader.Stop);
        await reader.Finds(words, $"Host '{host.Host}'", outcome, expected, () =>
        {
            var answers = look();
            return (AnswerRun.Text(AnswerRun.Of(answers)), judge(answers));
        });
    }
}
