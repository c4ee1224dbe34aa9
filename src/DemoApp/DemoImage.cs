namespace DemoApp;

/// <summary>
/// What the tags of <c>argoproj/rollouts-demo</c> stand for: <c>blue</c> is a colour, <c>bad-blue</c> was built with ERROR_RATE=15,
/// <c>slow-blue</c> with LATENCY=2 (upstream's <c>release.sh</c> and <c>Makefile</c>).
/// </summary>
/// <param name="Color">The colour it answers; null: a random one each time.</param>
/// <param name="LatencySeconds">Delay of every answer; 0 is none.</param>
/// <param name="ErrorRate">As <see cref="DemoOptions.ErrorRate"/>.</param>
public sealed record DemoImage(string? Color, double LatencySeconds, int ErrorRate)
{
    private const int BadErrorRate = 15;
    private const double SlowLatencySeconds = 2;

    /// <summary>The colours that upstream builds, and answers at random when it has none.</summary>
    public static IReadOnlyList<string> Colors { get; } = ["red", "orange", "yellow", "green", "blue", "purple"];

    /// <summary>Reads a tag; null when upstream has no such image.</summary>
    public static DemoImage? FromTag(string tag)
    {
        if (tag == "latest")
        {
            return new DemoImage(null, 0, 0);
        }

        var (color, latency, errors) = tag switch
        {
            _ when tag.StartsWith("bad-", StringComparison.Ordinal) => (tag[4..], 0, BadErrorRate),
            _ when tag.StartsWith("slow-", StringComparison.Ordinal) => (tag[5..], SlowLatencySeconds, 0),
            _ => (tag, 0d, 0),
        };
        return Colors.Contains(color) ? new DemoImage(color, latency, errors) : null;
    }

    /// <summary>The image's settings with those of the container's environment over them: COLOR, LATENCY, ERROR_RATE.</summary>
    /// <exception cref="FormatException">A number that is none, in upstream's words.</exception>
    public DemoImage With(IReadOnlyDictionary<string, string> environment)
    {
        var color = environment.GetValueOrDefault("COLOR") is { Length: > 0 } given ? given : Color;
        var latency = LatencySeconds;
        var errors = ErrorRate;
        if (environment.GetValueOrDefault("LATENCY") is { Length: > 0 } latencyText && !double.TryParse(latencyText, out latency))
        {
            throw new FormatException($"failed to parse LATENCY: {latencyText}");
        }

        if (environment.GetValueOrDefault("ERROR_RATE") is { Length: > 0 } errorText && !int.TryParse(errorText, out errors))
        {
            throw new FormatException($"failed to parse ERROR_RATE: {errorText}");
        }

        return new DemoImage(color, latency, errors);
    }
}
