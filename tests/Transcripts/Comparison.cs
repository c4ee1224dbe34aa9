using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>Where two normalised answers differ.</summary>
public static class Comparison
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>One line per difference: <c>/body/spec/x: recorded 1, observed 2</c>.</returns>
    public static IReadOnlyList<string> Of(Step step, Answer recorded, Answer observed)
    {
        if (step.Instead is { } expected)
        {
            return Instead(expected, observed);
        }

        var differences = new List<string>();
        var left = Exceptions.Without(WithSortedCauses(recorded.Content), step.Exceptions);
        var right = Exceptions.Without(WithSortedCauses(observed.Content), step.Exceptions);
        if (!JsonNode.DeepEquals(left["code"], right["code"]))
        {
            return [$"recorded {Show(left["code"])} {Show(Message(left))}, observed {Show(right["code"])} {Show(Message(right))}"];
        }

        Compare(left, right, "", differences);
        return differences;
    }

    // what the step itself says of ours
    private static List<string> Instead((int Code, string Word) expected, Answer observed)
    {
        var body = observed.Content["body"] as JsonObject;
        var (code, words) = (observed.Content["code"]!.GetValue<int>(), new[] { body?["reason"]?.ToString(), body?["kind"]?.ToString() });
        return code == expected.Code && words.Contains(expected.Word) ? []
            : [$"expected {expected.Code} {expected.Word}, observed {code} {string.Join(' ', words)} {Show(body?["message"])}"];
    }

    private static void Compare(JsonNode? recorded, JsonNode? observed, string at, List<string> differences)
    {
        switch (recorded, observed)
        {
            case (JsonObject left, JsonObject right):
                foreach (var key in left.Select(field => field.Key).Union(right.Select(field => field.Key)))
                {
                    Compare(left[key], right[key], $"{at}/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", differences);
                }

                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                for (var i = 0; i < left.Count; i++)
                {
                    Compare(left[i], right[i], $"{at}/{i}", differences);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(recorded, observed))
                {
                    differences.Add($"{at}: recorded {Show(recorded)}, observed {Show(observed)}");
                }

                break;
        }
    }

    /// <summary>The causes of an invalid object follow the order of upstream's code, sometimes twice: here each once, by field; the message repeats them.</summary>
    private static JsonNode WithSortedCauses(JsonNode recorded)
    {
        var answer = recorded.DeepClone();
        if ((answer["body"] as JsonObject)?["details"]?["causes"] is not JsonArray causes)
        {
            return answer;
        }

        var sorted = causes.Select(cause => cause!.DeepClone()).OrderBy(cause => $"{cause["field"]} {cause["message"]}", StringComparer.Ordinal)
            .DistinctBy(cause => $"{cause["field"]} {cause["message"]}").ToArray();
        answer["body"]!["details"]!["causes"] = new JsonArray(sorted);
        if (answer["body"]!["message"]?.ToString() is { } message && message.IndexOf(" is invalid: ", StringComparison.Ordinal) is > 0 and var end)
        {
            answer["body"]!["message"] = message[..end] + " is invalid";
        }

        return answer;
    }

    private static JsonNode? Message(JsonNode answer) => (answer["body"] as JsonObject)?["message"];

    private static string Show(JsonNode? node) => node?.ToJsonString(Readable) ?? "nothing";
}
