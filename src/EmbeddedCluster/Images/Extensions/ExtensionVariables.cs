using System.Text.Json;
using System.Text.Json.Nodes;

namespace EmbeddedCluster.Images.Extensions;

/// <summary><c>EXTENSION_JS_VARS</c> as a script beside the extension's own, which finds them in <c>window.NAME_VARS</c>.</summary>
internal static class ExtensionVariables
{
    /// <summary>The script for an extension: every name in upper case, every value a text.</summary>
    public static string Script(string name, JsonObject variables)
    {
        var pairs = variables.Select(pair => $"{Text(pair.Key.ToUpperInvariant())}: {Text(pair.Value?.ToString() ?? "null")}");
        return $"((window) => {{ const vars = {{ {string.Join(", ", pairs)} }}; window.{Identifier(name)}_VARS = vars; }})(window);\n";
    }

    /// <summary>Writes it into the extension's folder, <c>extension*-NAME*.js</c>.</summary>
    /// <returns>What the installer says of it.</returns>
    public static string Write(string resources, string name, JsonObject variables)
    {
        var folder = Directory.EnumerateDirectories(resources, $"extension*-{name}*.js", SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault();
        if (folder is null)
        {
            return " path doesn't exist, extension vars failed to be exported";
        }

        var file = Path.Combine(folder, $"extension-0-{Identifier(name)}_vars.js");
        File.WriteAllText(file, Script(name, variables));
        return $"Exporting extension vars file at {Path.GetFileName(folder)}/{Path.GetFileName(file)}";
    }

    private static string Identifier(string name) => name.Replace('-', '_').ToUpperInvariant();

    private static string Text(string value) => JsonSerializer.Serialize(value);
}
