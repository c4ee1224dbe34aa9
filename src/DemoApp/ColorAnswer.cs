namespace DemoApp;

/// <summary>What one request for the colour is answered (upstream's <c>getColor</c>).</summary>
/// <param name="Color">The colour.</param>
/// <param name="Delay">How long to wait before.</param>
/// <param name="StatusCode">200 or 500.</param>
internal sealed record ColorAnswer(string Color, TimeSpan Delay, int StatusCode)
{
    /// <param name="options">The instance's own settings.</param>
    /// <param name="requests">What the page's sliders ask.</param>
    /// <param name="draw">A number from 0 to below the given bound, at random.</param>
    public static ColorAnswer For(DemoOptions options, IReadOnlyList<ColorRequest> requests, Func<int, int> draw)
    {
        var color = options.Color ?? DemoImage.Colors[draw(DemoImage.Colors.Count)];
        var asked = requests.LastOrDefault(request => request.Color == color);
        var seconds = asked?.DelayLength > 0 ? asked.DelayLength : options.LatencySeconds;
        var failsAsAsked = asked?.Return500 > 0 && asked.Return500 >= draw(100);
        var failsByItself = !failsAsAsked && options.ErrorRate > 0 && draw(100) >= options.ErrorRate;
        return new ColorAnswer(color, TimeSpan.FromSeconds(Math.Floor(Math.Max(0, seconds))), failsAsAsked || failsByItself ? 500 : 200);
    }
}
