namespace Kubernetes.Cel.Checking;

/// <summary>What is known of a value before it is there. "dyn": nothing.</summary>
/// <param name="Name">As cel-go names the type: int, string, list, map, object …</param>
/// <param name="Field">Of an object: the shape of a field; null where it has none of that name.</param>
/// <param name="Item">Of a list's items or a map's values.</param>
public sealed record Shape(string Name, Func<string, Shape?>? Field = null, Shape? Item = null)
{
    public static readonly Shape Dyn = new("dyn");
    public static readonly Shape Bool = new("bool");
    public static readonly Shape Int = new("int");
    public static readonly Shape Text = new("string");

    public bool IsScalar => Name is "bool" or "int" or "uint" or "double" or "string" or "bytes" or "timestamp" or "duration";
}
