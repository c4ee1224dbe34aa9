using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Fixtures.Observing;

namespace Fixtures.Tests.Recording;

/// <summary>A watch history made by hand.</summary>
internal sealed class Seen
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<Observation> _all = [];

    public IReadOnlyList<Observation> All => _all;

    public Seen At(double seconds, string json, WatchEventKind kind = WatchEventKind.Modified)
    {
        var item = new Unstructured((JsonObject)JsonNode.Parse(json)!);
        var key = new ObjectKey(item.Kind, item.Metadata.NamespaceProperty ?? "", item.Metadata.Name);
        var state = _all.Count == 0 ? ImmutableSortedDictionary.Create<ObjectKey, Unstructured>(new ObjectKeyOrder()) : _all[^1].State;
        state = kind == WatchEventKind.Deleted ? state.Remove(key) : state.SetItem(key, item);
        _all.Add(new(Start.AddSeconds(seconds), kind, key, item, state));
        return this;
    }
}
