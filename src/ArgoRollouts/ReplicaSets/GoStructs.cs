using System.Reflection;

namespace ArgoRollouts.ReplicaSets;

/// <summary>One field of a Go struct: its JSON name, whether an empty value is left out, and its type (<c>*</c> pointer, <c>[]</c> list, <c>{}</c> map).</summary>
internal sealed record GoField(string Name, bool OmitEmpty, string Type);

/// <summary>The Go structs below corev1.PodTemplateSpec with their fields in declaration order, read from PodTemplateFields.txt.</summary>
internal static class GoStructs
{
    private static readonly Dictionary<string, GoField[]> Structs = Read();

    /// <summary>The fields of a struct; null when the type is no struct.</summary>
    public static GoField[]? Fields(string type) => Structs.GetValueOrDefault(type);

    private static Dictionary<string, GoField[]> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(GoStructs), "PodTemplateFields.txt")!;
        using var reader = new StreamReader(stream);
        var structs = new Dictionary<string, GoField[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var colon = line.IndexOf(':');
            structs[line[..colon]] = [.. line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Field)];
        }

        return structs;
    }

    private static GoField Field(string text)
    {
        var equals = text.IndexOf('=');
        var name = text[..equals];
        return new GoField(name.TrimEnd('?'), name.EndsWith('?'), text[(equals + 1)..]);
    }
}
