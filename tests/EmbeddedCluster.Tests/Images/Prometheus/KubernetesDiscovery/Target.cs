using System.Text.Json.Nodes;

namespace EmbeddedCluster.Tests.Images.Prometheus.KubernetesDiscovery;

/// <summary>A target as <c>/api/v1/targets</c> shows it (prometheus.io, HTTP API).</summary>
/// <param name="Url">What is scraped; empty when relabelling dropped it.</param>
/// <param name="Health"><c>up</c>, <c>down</c>, or <c>unknown</c> before the first scrape.</param>
/// <param name="Error">Why the last scrape failed.</param>
/// <param name="Labels">After relabelling; none when it was dropped.</param>
/// <param name="Discovered">Before relabelling.</param>
internal sealed record Target(
    string Url, string Health, string Error, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Discovered)
{
    public string Job => Discovered["job"];

    public string Namespace => Discovered.GetValueOrDefault("__meta_kubernetes_namespace", "");

    public bool IsActive => Labels.Count > 0;

    public static Target From(JsonNode json)
        => new(
            Text(json, "scrapeUrl"), Text(json, "health"), Text(json, "lastError"),
            Pairs(json["labels"]), Pairs(json["discoveredLabels"]));

    public override string ToString() => $"{Job}: {Url} {Health} {Error} {{{string.Join(", ", Labels.Select(label => $"{label.Key}={label.Value}"))}}}";

    private static string Text(JsonNode json, string field) => (string?)json[field] ?? "";

    private static IReadOnlyDictionary<string, string> Pairs(JsonNode? json)
        => (json as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => (string)pair.Value!);
}
