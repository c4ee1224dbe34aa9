using System.Globalization;
using System.Text.Json.Serialization;
using Controllers.Runtime;

namespace ArgoRollouts.Models;

/// <summary>A pause step: for a duration (seconds, or a Go duration as 90s, 5m, 1h), or until resumed.</summary>
public sealed class RolloutPause
{
    public PauseDuration? Duration { get; set; }

    /// <summary>The duration in whole seconds: 0 without one, -1 when its unit is not known (types.go, DurationSeconds).</summary>
    [JsonIgnore]
    public int DurationSeconds
    {
        get
        {
            if (Duration?.Value is not { } text)
            {
                return 0;
            }

            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            {
                return seconds;
            }

            return GoDuration.TryParse(text, out var duration, out _) ? (int)duration.TotalSeconds : -1;
        }
    }
}
