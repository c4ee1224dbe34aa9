using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Controllers.Runtime.Manifests;

/// <summary>A manifest that cannot be read: where, and what is wrong with it.</summary>
public sealed class ManifestException(string source, string problem, Exception? inner = null) : Exception($"{source}: {problem}", inner)
{
    public string Problem { get; } = problem;
}

/// <summary>Reads manifests: YAML or JSON, several documents a file, <c>kind: List</c> unfolded; empty documents are passed over.</summary>
public static class ManifestReader
{
    /// <param name="text">The text of one file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="ManifestException">Not YAML, not an object, or without apiVersion or kind.</exception>
    public static IReadOnlyList<Unstructured> Read(string text, string source)
    {
        var objects = new List<Unstructured>();
        foreach (var document in Documents(text, source))
        {
            if (document is null or JsonObject { Count: 0 })
            {
                continue;
            }

            if (document is not JsonObject @object)
            {
                throw new ManifestException(source, "a manifest must be an object, with apiVersion and kind");
            }

            Add(new Unstructured(@object), source, objects);
        }

        return objects;
    }

    /// <summary>All <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> files of a folder and its subfolders, by name.</summary>
    public static IReadOnlyList<Unstructured> ReadFolder(string folder)
        => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Read(File.ReadAllText(file), file))];

    private static IEnumerable<JsonNode?> Documents(string text, string source)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new ManifestException(source, $"error converting YAML to JSON: yaml: line {exception.Start.Line}: {exception.Message}", exception);
        }

        return stream.Documents.Select(document => YamlToJson.Convert(document.RootNode));
    }

    private static void Add(Unstructured @object, string source, List<Unstructured> objects)
    {
        if (@object.Kind.Length == 0 || @object.ApiVersion.Length == 0)
        {
            var missing = @object.Kind.Length == 0 ? "kind" : "apiVersion";
            throw new ManifestException(source, $"Object '{missing.ToUpperInvariant()[0]}{missing[1..]}' is missing in '{@object.Json.ToJsonString()}'");
        }

        if (@object.Kind.EndsWith("List", StringComparison.Ordinal) && @object.Json["items"] is JsonArray items)
        {
            foreach (var item in items.OfType<JsonObject>().ToList())
            {
                Add(new Unstructured((JsonObject)item.DeepClone()), source, objects);
            }

            return;
        }

        objects.Add(@object);
    }
}
