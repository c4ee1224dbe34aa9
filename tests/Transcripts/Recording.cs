using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>The answers of a real server to one transcript, in <c>Recorded/VERSION/NAME.json</c>.</summary>
public sealed record Recording(string ServerVersion, IReadOnlyList<Answer> Answers)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Recorded");

    /// <exception cref="FileNotFoundException">Nobody has recorded it: the message says how.</exception>
    public static Recording Load(string name)
    {
        var file = Directory.EnumerateFiles(Folder, $"{name}.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new FileNotFoundException($"transcript '{name}' has no recording: dotnet run --project tests/Transcripts -- record {name} --kubeconfig FILE");
        var answers = JsonNode.Parse(File.ReadAllText(file))!.AsArray().Select(answer =>
        {
            var content = answer!.AsObject();
            var step = content["step"]!.ToString();
            content.Remove("step");
            return new Answer(step, (JsonObject)content.DeepClone());
        });
        return new Recording(Path.GetFileName(Path.GetDirectoryName(file)!), [.. answers]);
    }

    /// <summary>Writes it below <paramref name="folder"/>.</summary>
    public void Save(string folder, string name)
    {
        var versions = Directory.CreateDirectory(Path.Combine(folder, ServerVersion));
        var answers = Answers.Select(answer => (JsonNode)new JsonObject([new("step", answer.Step), .. answer.Content.Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))]));
        File.WriteAllText(Path.Combine(versions.FullName, $"{name}.json"), new JsonArray([.. answers]).ToJsonString(Readable) + "\n");
    }

    /// <summary>Every difference to what was recorded, with its step.</summary>
    public IEnumerable<string> DifferencesTo(Transcript transcript, IReadOnlyList<Answer> observed)
    {
        foreach (var answer in observed)
        {
            var step = transcript.Steps.Single(step => step.Name == answer.Step);
            var recorded = Answers.FirstOrDefault(recorded => recorded.Step == answer.Step);
            if (recorded is null)
            {
                yield return $"{answer.Step}: not recorded";
                continue;
            }

            foreach (var difference in Comparison.Of(step, recorded, answer))
            {
                yield return $"{answer.Step}: {difference}";
            }
        }
    }
}
