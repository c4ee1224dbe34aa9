using System.Text.Json.Nodes;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>
/// Prometheus' answers to queries, whose samples are pairs that begin with a moment: <c>value</c>, <c>values</c>, <c>histogram</c>,
/// <c>histograms</c>, or the result itself for scalars and strings.
/// </summary>
internal static class ApiAnswer
{
    /// <summary>The same answer with the cluster's moments.</summary>
    /// <param name="answer">What Prometheus sent; it is changed.</param>
    /// <param name="scale">The clocks.</param>
    /// <param name="asked">The cluster's moment that an instant query named: its results carry exactly that one.</param>
    public static JsonNode InClusterTime(JsonNode answer, TimeScale scale, double? asked = null)
    {
        var data = answer["data"] as JsonObject;
        switch ((string?)data?["resultType"])
        {
            case "scalar" or "string":
                Set(data["result"] as JsonArray, scale, asked);
                break;
            case "vector":
                foreach (var series in Series(data))
                {
                    Set(series["value"] as JsonArray, scale, asked);
                    Set(series["histogram"] as JsonArray, scale, asked);
                }

                break;
            case "matrix":
                foreach (var sample in Series(data).SelectMany(series => Samples(series["values"]).Concat(Samples(series["histograms"]))))
                {
                    Set(sample, scale, asked: null);
                }

                break;
        }

        return answer;
    }

    private static IEnumerable<JsonObject> Series(JsonObject data) => (data["result"] as JsonArray ?? []).OfType<JsonObject>();

    private static IEnumerable<JsonArray> Samples(JsonNode? samples) => (samples as JsonArray ?? []).OfType<JsonArray>();

    private static void Set(JsonArray? sample, TimeScale scale, double? asked)
    {
        if (sample is [JsonValue moment, ..])
        {
            sample[0] = Math.Round(asked ?? scale.ToCluster((double)moment), 3);
        }
    }
}
