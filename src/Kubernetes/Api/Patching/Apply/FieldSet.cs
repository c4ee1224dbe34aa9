using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>
/// A set of field paths as a tree (structured-merge-diff fieldpath.Set). Steps are written as FieldsV1 writes them: f:name,
/// k:{"key":value}, v:value. A node that is itself in the set is owned; leaves carry the value they were read from.
/// </summary>
internal sealed class FieldSet
{
    public SortedDictionary<string, FieldSet> Children { get; } = new(StringComparer.Ordinal);

    public bool Owned { get; set; }

    public JsonNode? Value { get; set; }

    public bool IsEmpty => !Owned && Children.Count == 0;

    public FieldSet Child(string step)
    {
        if (!Children.TryGetValue(step, out var child))
        {
            Children[step] = child = new FieldSet();
        }
        return child;
    }

    public FieldSet Union(FieldSet other) => Combine(this, other, (mine, theirs) => mine || theirs);

    public FieldSet Except(FieldSet other) => Combine(this, other, (mine, theirs) => mine && !theirs);

    public FieldSet Intersect(FieldSet other) => Combine(this, other, (mine, theirs) => mine && theirs);

    /// <summary>What is in this set and not, or with another value, in <paramref name="before"/>.</summary>
    public FieldSet ChangedSince(FieldSet? before)
    {
        var changed = new FieldSet { Owned = Owned && (before is not { Owned: true } || !Value.SameAs(before.Value)), Value = Value };
        foreach (var (step, child) in Children)
        {
            var difference = child.ChangedSince(before?.Children.GetValueOrDefault(step));
            if (!difference.IsEmpty)
            {
                changed.Children[step] = difference;
            }
        }
        return changed;
    }

    public bool SameAs(FieldSet other) =>
        Owned == other.Owned && Children.Count == other.Children.Count
        && Children.All(child => other.Children.TryGetValue(child.Key, out var theirs) && child.Value.SameAs(theirs));

    /// <summary>Every owned path, as messages print it: .spec.containers[name="a"].image.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        if (Owned)
        {
            yield return prefix;
        }
        foreach (var (step, child) in Children)
        {
            foreach (var path in child.Paths(prefix + FieldSteps.Display(step)))
            {
                yield return path;
            }
        }
    }

    private static FieldSet Combine(FieldSet? left, FieldSet? right, Func<bool, bool, bool> owned)
    {
        var result = new FieldSet { Owned = owned(left?.Owned == true, right?.Owned == true), Value = left?.Value ?? right?.Value };
        foreach (var step in (left?.Children.Keys ?? Enumerable.Empty<string>()).Union(right?.Children.Keys ?? Enumerable.Empty<string>()))
        {
            var child = Combine(left?.Children.GetValueOrDefault(step), right?.Children.GetValueOrDefault(step), owned);
            if (!child.IsEmpty)
            {
                result.Children[step] = child;
            }
        }
        return result;
    }
}
