using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Limits;

/// <summary>What a LimitRange says for those who say nothing.</summary>
internal static class LimitDefaults
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    /// <summary>
    /// A LimitRange's own defaults: the limit is the maximum, the request is the limit or else the minimum (kubernetes pkg/apis/core/v1/defaults.go).
    /// </summary>
    public static void Complete(JsonObject range)
    {
        foreach (var item in range.Items("spec", "limits").Where(item => item.Text("type") == "Container"))
        {
            Fill(item, "default", "max");
            Fill(item, "defaultRequest", "default");
            Fill(item, "defaultRequest", "min");
        }
    }

    /// <summary>Gives a pod's containers what they lack, and says so in an annotation.</summary>
    public static void Apply(JsonObject pod, IReadOnlyList<JsonObject> limits)
    {
        var told = new List<string>();
        foreach (var (list, kind) in (ReadOnlySpan<(string, string)>)[("containers", "container"), ("initContainers", "init container")])
        {
            foreach (var container in pod.Items("spec", list))
            {
                var who = $"{kind} {container.Text("name")}";
                Tell(told, "request", who, Give(container, "requests", limits, "defaultRequest"));
                Tell(told, "limit", who, Give(container, "limits", limits, "default"));
            }
        }
        if (told.Count > 0)
        {
            pod.Sub("metadata").Sub("annotations")[Annotation] = $"LimitRanger plugin set: {string.Join("; ", told)}";
        }
    }

    private static void Fill(JsonObject item, string to, string from)
    {
        foreach (var (name, value) in item.Object(from)?.ToArray() ?? [])
        {
            item.Sub(to).Default(name, value?.DeepClone());
        }
    }

    private static void Tell(List<string> told, string what, string who, SortedSet<string> names)
    {
        if (names.Count > 0)
        {
            told.Add($"{string.Join(", ", names)} {what} for {who}");
        }
    }

    private static SortedSet<string> Give(JsonObject container, string list, IReadOnlyList<JsonObject> limits, string from)
    {
        var given = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in limits.Where(item => item.Text("type") == "Container").SelectMany(item => item.Object(from) ?? []))
        {
            if (container.At("resources", list, name) is null)
            {
                container.Sub("resources").Sub(list)[name] = value?.DeepClone();
                given.Add(name);
            }
        }
        return given;
    }
}
