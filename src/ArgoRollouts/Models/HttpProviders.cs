using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>A PromQL query.</summary>
public sealed class PrometheusMetric
{
    public string? Address { get; set; }

    public string? Query { get; set; }

    public Authentication? Authentication { get; set; }

    /// <summary>Seconds.</summary>
    public long? Timeout { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Insecure { get; set; }

    public List<WebMetricHeader>? Headers { get; set; }

    public PrometheusRangeQueryArgs? RangeQuery { get; set; }
}

/// <summary>Expressions for the bounds, and the step as a Go duration.</summary>
public sealed class PrometheusRangeQueryArgs
{
    public string? Start { get; set; }

    public string? End { get; set; }

    public string? Step { get; set; }
}

/// <summary>An HTTP request whose answer is judged.</summary>
public sealed class WebMetric
{
    /// <summary>GET (default), POST or PUT.</summary>
    public string? Method { get; set; }

    [JsonPropertyName("url")]
    public string Url { get; set; } = "";

    public List<WebMetricHeader>? Headers { get; set; }

    public string? Body { get; set; }

    /// <summary>Default 10.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TimeoutSeconds { get; set; }

    /// <summary>e.g. {$.result}</summary>
    [JsonPropertyName("jsonPath")]
    public string? JsonPath { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Insecure { get; set; }

    [JsonPropertyName("jsonBody")]
    public JsonNode? JsonBody { get; set; }

    public Authentication? Authentication { get; set; }
}

/// <summary>One request header.</summary>
public sealed class WebMetricHeader
{
    public string Key { get; set; } = "";

    public string Value { get; set; } = "";
}

/// <summary>How a request is signed or authorized.</summary>
public sealed class Authentication
{
    public Sigv4Config? Sigv4 { get; set; }

    [JsonPropertyName("oauth2")]
    public OAuth2Config? OAuth2 { get; set; }
}

/// <summary>Client credentials.</summary>
public sealed class OAuth2Config
{
    [JsonPropertyName("tokenUrl")]
    public string? TokenUrl { get; set; }

    [JsonPropertyName("clientId")]
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public List<string>? Scopes { get; set; }
}

/// <summary>AWS request signing.</summary>
public sealed class Sigv4Config
{
    public string? Region { get; set; }

    public string? Profile { get; set; }

    [JsonPropertyName("roleArn")]
    public string? RoleArn { get; set; }
}

/// <summary>A Graphite target.</summary>
public sealed class GraphiteMetric
{
    public string? Address { get; set; }

    public string? Query { get; set; }
}

/// <summary>A Flux query; address and token come from the profile's Secret.</summary>
public sealed class InfluxdbMetric
{
    public string? Profile { get; set; }

    public string? Query { get; set; }
}

/// <summary>A GraphQL query.</summary>
public sealed class SkyWalkingMetric
{
    public string? Address { get; set; }

    public string? Query { get; set; }

    /// <summary>A Go duration.</summary>
    public string? Interval { get; set; }
}

/// <summary>A Wavefront query.</summary>
public sealed class WavefrontMetric
{
    public string? Address { get; set; }

    public string? Query { get; set; }
}

/// <summary>A NRQL query; keys come from the profile's Secret.</summary>
public sealed class NewRelicMetric
{
    public string? Profile { get; set; }

    public string Query { get; set; } = "";

    /// <summary>Seconds.</summary>
    public long? Timeout { get; set; }
}

/// <summary>One query, or several with a formula.</summary>
public sealed class DatadogMetric
{
    /// <summary>A Go duration, default 5m.</summary>
    public string? Interval { get; set; }

    public string? Query { get; set; }

    public IDictionary<string, string>? Queries { get; set; }

    public string? Formula { get; set; }

    /// <summary>v1 or v2.</summary>
    public string? ApiVersion { get; set; }

    public string? Aggregator { get; set; }

    public SecretRef? SecretRef { get; set; }
}

/// <summary>A Secret with keys, of the run's namespace if Namespaced.</summary>
public sealed class SecretRef
{
    public string? Name { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Namespaced { get; set; }
}
