using System.Text.Json;
using System.Text.RegularExpressions;
using ArgoCd.Applications;
using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;

namespace ArgoCd.Source;

/// <summary>The objects in a directory of plain manifests (<c>reposerver/repository</c> findManifests).</summary>
internal static partial class ManifestFiles
{
    public const string DirectoryType = "Directory";

    private static readonly string[] KustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>Directory, Kustomize or Helm, by what the source says and what the directory holds.</summary>
    public static string TypeOf(ApplicationSource source, IEnumerable<string> fileNames)
    {
        if (source.Chart is { Length: > 0 } || source.Generators?.ContainsKey("helm") == true)
        {
            return "Helm";
        }

        if (source.Generators?.ContainsKey("kustomize") == true)
        {
            return "Kustomize";
        }

        if (source.Generators?.ContainsKey("plugin") == true)
        {
            return "Plugin";
        }

        if (source.Directory is not null)
        {
            return DirectoryType;
        }

        var names = fileNames.ToHashSet(StringComparer.Ordinal);
        return names.Contains("Chart.yaml") ? "Helm" : KustomizationNames.Any(names.Contains) ? "Kustomize" : DirectoryType;
    }

    /// <summary>Whether the options of a directory source take the file in.</summary>
    public static bool IsManifest(string path, SourceDirectory? directory)
    {
        var file = new SourceFile(path, null);
        if (!ManifestName().IsMatch(file.Name) || (path.Contains('/') && directory?.Recurse != true))
        {
            return false;
        }

        return !(directory?.Exclude is { Length: > 0 } exclude && GlobPattern.Matches(exclude, path))
            && (directory?.Include is not { Length: > 0 } include || GlobPattern.Matches(include, path));
    }

    /// <exception cref="SourceException">A file that looks like a manifest and cannot be read as one.</exception>
    public static IReadOnlyList<Unstructured> Read(IEnumerable<SourceFile> files)
        => [.. files.OrderBy(file => file.Path, StringComparer.Ordinal).SelectMany(Read)];

    private static IReadOnlyList<Unstructured> Read(SourceFile file)
    {
        var text = file.Text ?? "";
        if (file.Name.EndsWith(".jsonnet", StringComparison.Ordinal))
        {
            throw new SourceException($"Failed to evaluate jsonnet \"{file.Name}\": jsonnet is not supported by this implementation; commit its output", "FailedPrecondition");
        }

        if (text.Contains("+argocd:skip-file-rendering", StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            var objects = ManifestReader.Read(text, file.Name);
            foreach (var @object in objects)
            {
                _ = @object.Metadata; // reads it: a name that is a number, labels that are a list
            }

            return objects;
        }
        catch (JsonException exception)
        {
            throw new SourceException($"Failed to unmarshal \"{file.Name}\": error unmarshaling JSON: {exception.Message}", "FailedPrecondition", exception);
        }
        catch (ManifestException exception) when (file.Name.EndsWith(".json", StringComparison.Ordinal) || LooksLikeManifest(text))
        {
            throw new SourceException($"Failed to unmarshal \"{file.Name}\": {exception.Problem}", "FailedPrecondition", exception);
        }
        catch (ManifestException)
        {
            return []; // an unrelated YAML file
        }
    }

    // more lenient than upstream, which wants all three words: a manifest that lost its kind is an error worth telling
    private static bool LooksLikeManifest(string text)
        => text.Contains("apiVersion:", StringComparison.Ordinal) || text.Contains("kind:", StringComparison.Ordinal);

    [GeneratedRegex(@"^.*\.(yaml|yml|json|jsonnet)$")]
    private static partial Regex ManifestName();
}
