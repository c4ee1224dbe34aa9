using System.Text.RegularExpressions;
using ArgoCd.Applications;
using Controllers.Runtime.Client;

namespace ArgoCd.Comparison;

/// <summary>Which fields of an object <c>spec.ignoreDifferences</c> takes out of the comparison.</summary>
internal static class IgnoredFields
{
    public static IReadOnlyList<JsonPathTokens> For(Unstructured @object, IEnumerable<IgnoreDifference> ignored)
        => [.. ignored.Where(rule => Matches(rule, @object)).SelectMany(Paths)];

    /// <summary>The desired object with the live values of its ignored fields: a sync that respects them leaves them alone.</summary>
    public static Unstructured Respect(Unstructured desired, Unstructured live, IEnumerable<IgnoreDifference> ignored)
    {
        var paths = For(desired, ignored);
        if (paths.Count == 0)
        {
            return desired;
        }

        var respected = desired.Clone();
        foreach (var path in paths)
        {
            path.Copy(live.Json, respected.Json);
        }

        respected.Json.Remove("status"); // never the sync's to write
        return respected;
    }

    private static bool Matches(IgnoreDifference rule, Unstructured @object)
        => Glob(rule.Group ?? "", @object.Group)
            && Glob(rule.Kind, @object.Kind)
            && (string.IsNullOrEmpty(rule.Name) || rule.Name == @object.Metadata.Name)
            && (string.IsNullOrEmpty(rule.Namespace) || rule.Namespace == @object.Metadata.NamespaceProperty);

    private static bool Glob(string pattern, string text)
        => pattern == text || Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".")}$");

    private static IEnumerable<JsonPathTokens> Paths(IgnoreDifference rule)
        => (rule.JsonPointers ?? []).Select(JsonPathTokens.FromPointer)
            .Concat((rule.JqPathExpressions ?? []).Select(JsonPathTokens.FromJq))
            .OfType<JsonPathTokens>();
}
