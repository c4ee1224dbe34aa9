using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>One step; exactly one field is set.</summary>
public sealed class CanaryStep
{
    public int? SetWeight { get; set; }

    public RolloutPause? Pause { get; set; }

    public RolloutExperimentStep? Experiment { get; set; }

    public RolloutAnalysis? Analysis { get; set; }

    public SetCanaryScale? SetCanaryScale { get; set; }

    public SetHeaderRoute? SetHeaderRoute { get; set; }

    public SetMirrorRoute? SetMirrorRoute { get; set; }

    public PluginStep? Plugin { get; set; }
}

/// <summary>Scales the canary without touching the traffic weight.</summary>
public sealed class SetCanaryScale
{
    public int? Weight { get; set; }

    public int? Replicas { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MatchTrafficWeight { get; set; }
}

/// <summary>A step that a plugin carries out.</summary>
public sealed class PluginStep
{
    public string Name { get; set; } = "";

    public JsonNode? Config { get; set; }
}

/// <summary>Sends requests with given headers to the canary.</summary>
public sealed class SetHeaderRoute
{
    public string? Name { get; set; }

    public List<HeaderRoutingMatch>? Match { get; set; }
}

/// <summary>One header and what its value must look like.</summary>
public sealed class HeaderRoutingMatch
{
    public string HeaderName { get; set; } = "";

    public StringMatch? HeaderValue { get; set; }
}

/// <summary>Mirrors matching requests to the canary.</summary>
public sealed class SetMirrorRoute
{
    public string Name { get; set; } = "";

    public List<RouteMatch>? Match { get; set; }

    public int? Percentage { get; set; }
}

/// <summary>Which requests are mirrored.</summary>
public sealed class RouteMatch
{
    public StringMatch? Method { get; set; }

    public StringMatch? Path { get; set; }

    public IDictionary<string, StringMatch>? Headers { get; set; }
}

/// <summary>Exactly, by prefix or by regular expression.</summary>
public sealed class StringMatch
{
    public string? Exact { get; set; }

    public string? Prefix { get; set; }

    public string? Regex { get; set; }
}
