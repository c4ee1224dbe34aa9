using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>
/// A set of field paths as a tree (structured-merge-diff fieldpath.Set). Steps are written as FieldsV1 writes them: f:name,
/// k:{"key":value}, v:value. A node that is itself in the set is owned; leaves carry the value they were read from.
/// </summary>
internal sealed class FieldSet(Dictionary<string, FieldSet>? children = null)
{
    // most nodes are leaves: they share one that stays empty
    private static readonly Dictionary<string, FieldSet> None = new(0, StringComparer.Ordinal);

    private Dictionary<string, FieldSet> members = children ?? None;

    public IReadOnlyDictionary<string, FieldSet> Children => members;

    public bool Owned { get; set; }

    public JsonNode? Value { get; set; }

    public bool IsEmpty => !Owned && Children.Count == 0;

    public FieldSet Child(string step)
    {
        if (!members.TryGetValue(step, out var child))
        {
            Add(step, child = new FieldSet());
        }
        return child;
    }

    public void Add(string step, FieldSet child)
    {
        if (members == None)
        {
            members = new(StringComparer.Ordinal);
        }
        members[step] = child;
    }

    public void Remove(string step)
    {
        if (members.Count > 0)
        {
            members.Remove(step);
        }
    }

    /// <summary>Results share what is the same: a set is not changed any more once it was made.</summary>
    public FieldSet Union(FieldSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return IsEmpty ? other : this;
        }
        var result = new FieldSet(new Dictionary<string, FieldSet>(members, StringComparer.Ordinal)) { Owned = Owned || other.Owned, Value = Value ?? other.Value };
        foreach (var (step, child) in other.members)
        {
            result.Add(step, result.Children.TryGetValue(step, out var mine) ? mine.Union(child) : child);
        }
        return result;
    }

    /// <summary>This very set when <paramref name="other"/> has nothing of it.</summary>
    public FieldSet Except(FieldSet other)
    {
        if (other.IsEmpty)
        {
            return this;
        }
        var result = this;
        if (Owned && other.Owned)
        {
            result = new FieldSet(new Dictionary<string, FieldSet>(members, StringComparer.Ordinal));
        }
        foreach (var (step, theirs) in other.members)
        {
            if (!Children.TryGetValue(step, out var mine) || mine.Except(theirs) is not { } left || left == mine)
            {
                continue;
            }
            if (result == this)
            {
                result = new FieldSet(new Dictionary<string, FieldSet>(members, StringComparer.Ordinal)) { Owned = Owned, Value = Value };
            }
            if (left.IsEmpty)
            {
                result.Remove(step);
            }
            else
            {
                result.Add(step, left);
            }
        }
        return result;
    }

    public FieldSet Intersect(FieldSet other)
    {
        var result = new FieldSet { Owned = Owned && other.Owned, Value = Value };
        foreach (var (step, mine) in members)
        {
            if (other.Children.TryGetValue(step, out var theirs) && mine.Intersect(theirs) is { IsEmpty: false } both)
            {
                result.Add(step, both);
            }
        }
        return result;
    }

    /// <summary>What is in this set and not, or with another value, in <paramref name="before"/>.</summary>
    public FieldSet ChangedSince(FieldSet? before)
    {
        var changed = new FieldSet { Owned = Owned && (before is not { Owned: true } || !Value.SameAs(before.Value)), Value = Value };
        foreach (var (step, child) in members)
        {
            var difference = child.ChangedSince(before?.Children.GetValueOrDefault(step));
            if (!difference.IsEmpty)
            {
                changed.Add(step, difference);
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
        foreach (var (step, child) in Children.OrderBy(child => child.Key, StringComparer.Ordinal))
        {
            foreach (var path in child.Paths(prefix + FieldSteps.Display(step)))
            {
                yield return path;
            }
        }
    }
}
