using System.Text;
using System.Text.RegularExpressions;

namespace ArgoCd.Server.Routes;

/// <summary>
/// UI extensions as one script (<c>server.go</c> serveExtensions): every <c>extension*.js</c> file below the folder that is no link, each of
/// them kept from breaking the others.
/// </summary>
internal static partial class ExtensionScripts
{
    public static string Read(string? folder)
    {
        var script = new StringBuilder();
        if (folder is null || !Directory.Exists(folder))
        {
            return "";
        }

        var files = Directory.EnumerateFiles(folder, "*.js", SearchOption.AllDirectories)
            .Where(file => FileName().IsMatch(Path.GetFileName(file)) && !File.GetAttributes(file).HasFlag(FileAttributes.ReparsePoint))
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            script.Append($"// source: {Path.GetRelativePath(folder, file).Replace('\\', '/')} \ntry {{\n")
                .Append(File.ReadAllText(file))
                .Append($"\n}} catch(e) {{ console.error('Extension {Path.GetFileName(file)} failed to load:', e); }}\n");
        }

        return script.ToString();
    }

    [GeneratedRegex("^extension(.*)\\.js$")]
    private static partial Regex FileName();
}
