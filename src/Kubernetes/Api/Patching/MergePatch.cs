using System.Text.Json.Nodes;

namespace Kubernetes.Api.Patching;

/// <summary>RFC 7386: members replace, null removes, arrays are replaced whole.</summary>
internal static class MergePatch
{
    public static JsonObject Apply(JsonObject document, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    document.Remove(name);
                    break;
                case JsonObject change:
                    document[name] = Apply(document[name] as JsonObject is { } existing ? Detached(document, name, existing) : [], change);
                    break;
                default:
                    document[name] = value.DeepClone();
                    break;
            }
        }
        return document;
    }

    private static JsonObject Detached(JsonObject document, string name, JsonObject existing)
    {
        document.Remove(name);
        return existing;
    }
}
