using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>Plays a transcript against a server and takes down the answers.</summary>
/// <param name="http">Knows the server's address and the administrator's credentials.</param>
/// <param name="run">Lower-case letters that tell this play from every other on the same server.</param>
/// <param name="speed">How many times faster than the real one the cluster's clock runs.</param>
public sealed class Player(HttpClient http, string run, double speed = 1)
{
    /// <summary>Real seconds that a watch is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Time of the cluster in which what settles does not change, and the least real time of a busy machine.</summary>
    private TimeSpan Quiet => TimeSpan.FromSeconds(Math.Max(2, 0.3 * speed));

    private readonly Dictionary<string, string> _variables = new() { ["run"] = run, ["ns"] = $"t-{run}" };

    /// <summary>The answers to all steps but those that only prepare.</summary>
    /// <exception cref="InvalidOperationException">A preparing step was refused, or an answer lacks what was to be captured.</exception>
    public async Task<IReadOnlyList<Answer>> PlayAsync(Transcript transcript, CancellationToken cancel)
    {
        await PrepareAsync(cancel);
        var answers = new List<Answer>();
        foreach (var step in transcript.Steps)
        {
            var answer = await AskAsync(step, cancel);
            if (!step.IsSetup)
            {
                answers.Add(answer);
            }
            else if ((int)answer.Content["code"]! >= 400)
            {
                throw new InvalidOperationException($"{transcript.Name}: the preparing step '{step.Name}' was refused: {answer.Content}");
            }
        }

        return answers;
    }

    /// <summary>A namespace, and a service account whose token nobody mounts: an API server alone has no controller that makes one.</summary>
    private async Task PrepareAsync(CancellationToken cancel)
    {
        await SendAsync("/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = _variables["ns"] } }, cancel);
        await SendAsync(
            $"/api/v1/namespaces/{_variables["ns"]}/serviceaccounts",
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default" }, ["automountServiceAccountToken"] = false },
            cancel);
    }

    private async Task SendAsync(string path, JsonObject body, CancellationToken cancel)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(path, content, cancel);
    }

    private async Task<Answer> AskAsync(Step step, CancellationToken cancel)
    {
        if (step.Settled is { } settled)
        {
            await Settling.UntilAsync(http, Fill(step.Path), settled, Quiet / speed, cancel);
        }

        using var request = new HttpRequestMessage(new HttpMethod(step.Method), Fill(step.Path));
        if (step.Body is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(body)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", step.Headers.GetValueOrDefault("Content-Type") ?? (body[0] is '{' or '[' ? "application/json" : "application/yaml"));
        }

        request.Headers.TryAddWithoutValidation("Accept", step.Headers.GetValueOrDefault("Accept") ?? "application/json");
        foreach (var (key, value) in step.Headers.Where(header => header.Key is not ("Content-Type" or "Accept")))
        {
            request.Headers.TryAddWithoutValidation(key, Fill(value));
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        var node = step.Until is { } until ? await EventsAsync(response, until, cancel) : Parse(await response.Content.ReadAsStringAsync(cancel));
        foreach (var (variable, pointer) in step.Captures)
        {
            _variables[variable] = JsonPointer.Find(node, pointer)?.ToString() ?? throw new InvalidOperationException($"step '{step.Name}': the answer has no {pointer}: {node}");
        }

        var warnings = response.Headers.TryGetValues("Warning", out var values) ? values : [];
        return Answer.From(step, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, node, warnings, run);
    }

    private static async Task<JsonArray> EventsAsync(HttpResponseMessage response, string until, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var events = new JsonArray();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            events.Add(JsonNode.Parse(line));
            if (int.TryParse(until, out var count) ? events.Count == count : events[^1]!["type"]!.ToString() == until)
            {
                break;
            }
        }

        return events;
    }

    private string Fill(string text)
    {
        foreach (var (variable, value) in _variables)
        {
            text = text.Replace($"{{{{{variable}}}}}", value, StringComparison.Ordinal);
        }

        return text;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text.TrimEnd('\n'));
        }
    }
}
