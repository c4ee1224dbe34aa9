using System.Reflection;

namespace Kubernetes.Api.Schemas;

/// <summary>One field of a built-in type as the table states it.</summary>
internal sealed record TypeField(string Name, int Number, string Type, string[] Marks)
{
    public bool Inline { get; } = Marks.Contains("inline");

    public bool Required => Marks.Contains("req");

    /// <summary>A pointer in Go: absent is not the same as zero.</summary>
    public bool MayBeUnset { get; } = Marks.Contains("ptr");

    public bool IsList { get; } = Type.StartsWith("[]", StringComparison.Ordinal);

    public bool IsMap { get; } = Type.StartsWith("{}", StringComparison.Ordinal);

    /// <summary>The type of a list's items or a map's values.</summary>
    public string ElementType { get; } = Type.TrimStart('[', ']', '{', '}');

    /// <summary>Absent when empty; kept when empty if it was set through a pointer.</summary>
    public bool OmitEmpty => Marks.Contains("omit") && !MayBeUnset;

    public string? Mark(string name) => Array.Find(Marks, mark => mark.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}

/// <summary>One built-in type, e.g. "core/v1.PodSpec".</summary>
internal sealed record TypeEntry(string Name, bool IsKind, bool Atomic, IReadOnlyList<TypeField> Fields)
{
    private readonly Lazy<TypeField[]> byNumber = new(() => [.. Fields.OrderBy(field => field.Number)]);

    /// <summary>In the order of their protobuf numbers.</summary>
    public IReadOnlyList<TypeField> ByNumber => byNumber.Value;
}

/// <summary>The fields of all built-in types, from the embedded types.txt. Read once, when first asked.</summary>
internal static class TypeTable
{
    private static readonly Lazy<Dictionary<string, TypeEntry>> Entries = new(Load);

    public static TypeEntry? Find(string name) => Entries.Value.GetValueOrDefault(name);

    private static Dictionary<string, TypeEntry> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var reader = new StreamReader(assembly.GetManifestResourceStream("types.txt")!);
        var entries = new Dictionary<string, TypeEntry>();
        var fields = new List<TypeField>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var parts = line.Split(' ');
            if (line[0] == '@')
            {
                fields = [];
                var name = parts[0][1..];
                entries[name] = new TypeEntry(name, parts.Contains("kind"), parts.Contains("atomic"), fields);
            }
            else
            {
                fields.Add(new TypeField(parts[0], int.Parse(parts[1]), parts[2], parts[3..]));
            }
        }
        return entries;
    }
}
