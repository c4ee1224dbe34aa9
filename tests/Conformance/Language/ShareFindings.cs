using Fixtures.Traffic;

namespace Conformance.Language;

/// <summary>What the reader finds about the share of a colour in a host's answers.</summary>
public static class ShareFindings
{
    /// <summary>So many that the interval around one of the chapter's weights does not reach the next one.</summary>
    private const int Requests = 240;

    /// <summary>The share of <paramref name="colour"/> in a counted number of answers is compatible with <paramref name="percent"/>; no request fails.</summary>
    public static Task FindsTheShare(this Reader reader, HostTraffic host, string colour, int percent, string other) => reader.Step(
        $"finds {colour} in {percent} % of the answers of {host.Host}", async () =>
        {
            var answers = await reader.Stage.Traffic.AskAsync(host.Host, Requests, reader.Stop);
            var hits = answers.Count(answer => answer.Colour == colour);
            var strange = answers.Where(answer => answer.Colour != colour && answer.Colour != other).Select(answer => answer.Shown).Distinct().ToList();
            var interval = ShareInterval.Of(hits, Requests);
            reader.Judge(
                $"Host '{host.Host}'",
                $"did not answer {colour} in {percent} % of {Requests} requests",
                $"a share that is compatible with {percent} % at a confidence of 99.9 %, the rest {other}, no failed request",
                $"{hits} of {Requests} {colour}: {interval}",
                strange.Count > 0 ? $"neither {colour} nor {other}: {string.Join(", ", strange)}"
                : interval.Contains(percent / 100d) ? null
                : $"{percent} % is outside of {interval}");
        });
}
