using System.Text.Json.Serialization;

namespace EmbeddedCluster.Images.Prometheus.Discovery;

/// <summary>A group of targets as Prometheus reads it from files (prometheus.io, Configuration: <c>file_sd_config</c>).</summary>
internal sealed record TargetGroup(
    [property: JsonPropertyName("targets")] IReadOnlyList<string> Targets,
    [property: JsonPropertyName("labels")] IReadOnlyDictionary<string, string> Labels);
