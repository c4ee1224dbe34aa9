using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Transcripts;

/// <summary>
/// Takes out of an answer what two servers can never have in common, and nothing else:
/// composite values in messages become <c>&lt;value&gt;</c> (older servers print them as Go does, newer ones as JSON);
/// uids, resource versions, times, continue tokens, signed tokens, cluster IPs and node ports become words; the random end of a generated name becomes
/// <c>&lt;random&gt;</c>; the run's own suffix becomes <c>{{run}}</c>; nulls and <c>selfLink</c> go; <c>managedFields</c> go unless a step keeps
/// them, and then lie in the order of their managers; conditions lie in the order of their types.
/// </summary>
public static partial class Normalisation
{
    public static JsonNode? Apply(JsonNode? node, string run, bool keepManagedFields)
        => node switch
        {
            JsonObject fields => Object(fields, run, keepManagedFields),
            JsonArray items => new JsonArray([.. items.Select(item => Apply(item, run, keepManagedFields))]),
            JsonValue value when value.TryGetValue<string>(out var text) => Text(text, run),
            _ => node?.DeepClone(),
        };

    /// <summary>Uids, times, signed tokens, composite values and the run's suffix inside of any text.</summary>
    public static string Text(string text, string run)
        => CompositeValues.Replace(Token().Replace(Time().Replace(Uid().Replace(text.Replace(run, "{{run}}", StringComparison.Ordinal), "<uid>"), "<time>"), "<token>"));

    private static JsonObject Object(JsonObject fields, string run, bool keepManagedFields)
    {
        var result = new JsonObject();
        var generated = fields["generateName"]?.GetValue<string>();
        foreach (var (key, value) in fields)
        {
            if (value is null || key == "selfLink" || (key == "managedFields" && !keepManagedFields))
            {
                continue;
            }

            result[Text(key, run)] = (key, value) switch
            {
                ("resourceVersion", JsonValue version) when version.ToString().Length > 0 => "<version>",
                ("continue", JsonValue token) when token.ToString().Length > 0 => "<continue>",
                ("nodePort" or "healthCheckNodePort", JsonValue) => "<port>",
                ("clusterIP", JsonValue address) when address.ToString() is not ("None" or "") => "<ip>",
                ("clusterIPs", JsonArray addresses) => new JsonArray([.. addresses.Select(a => (JsonNode)(a!.ToString() == "None" ? "None" : "<ip>"))]),
                ("name", JsonValue name) when generated is { Length: > 0 } && name.ToString().StartsWith(generated, StringComparison.Ordinal) => Text(generated, run) + "<random>",
                ("managedFields", JsonArray entries) => Sorted(entries, run),
                ("conditions", JsonArray conditions) => ByType(conditions, run),
                _ => Apply(value, run, keepManagedFields),
            };
        }

        return result;
    }

    private static JsonArray Sorted(JsonArray entries, string run)
        => new([.. entries.Select(entry => Apply(entry, run, true)).OrderBy(entry => $"{entry!["manager"]}/{entry["operation"]}/{entry["subresource"]}", StringComparer.Ordinal)]);

    // a map by type: what was true last stands last with some controllers
    private static JsonArray ByType(JsonArray conditions, string run)
        => new([.. conditions.Select(condition => Apply(condition, run, false)).OrderBy(condition => (condition as JsonObject)?["type"]?.ToString(), StringComparer.Ordinal)]);

    // a signed JSON Web Token: three parts in base64url
    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]+")]
    private static partial Regex Token();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", RegexOptions.ExplicitCapture)]
    private static partial Regex Time();
}
