using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>What a server said to one step, normalised: <c>step</c>, <c>code</c>, <c>type</c> (the media type), <c>body</c> (JSON or text; of a watch, its events), <c>warnings</c>.</summary>
public sealed record Answer(string Step, JsonObject Content)
{
    public static Answer From(Step step, int code, string? type, JsonNode? body, IEnumerable<string> warnings, string run)
    {
        var content = new JsonObject { ["code"] = code };
        if (type is not null)
        {
            content["type"] = type;
        }

        if (body is not null)
        {
            content["body"] = Normalisation.Apply(body, run, step.KeepsManagedFields);
        }

        var all = warnings.Select(warning => (JsonNode)Normalisation.Text(warning, run)).ToArray();
        if (all.Length > 0)
        {
            content["warnings"] = new JsonArray(all);
        }

        return new Answer(step.Name, content);
    }
}
