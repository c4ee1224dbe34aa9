using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Fixtures.Observing;

namespace Fixtures.Tests.Invariants;

/// <summary>A history made of objects at seconds after a start.</summary>
internal sealed class Recorded
{
    public static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<Observation> _seen = [];
    private ImmutableSortedDictionary<ObjectKey, Unstructured> _state = ImmutableSortedDictionary.Create<ObjectKey, Unstructured>(new ObjectKeyOrder());

    public IReadOnlyList<Observation> Seen => _seen;

    public Recorded Rollout(double at, string phase, string stable, string current, string strategy = "canary", string status = "") => Add(
        at,
        $$$"""
        {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"a","namespace":"n","generation":1},
         "spec":{"replicas":10,"strategy":{"{{{strategy}}}":{} } },
         "status":{"phase":"{{{phase}}}","stableRS":"{{{stable}}}","currentPodHash":"{{{current}}}","observedGeneration":"1"{{{status}}} } }
        """);

    public Recorded ReplicaSet(double at, string hash, int replicas, int available, string annotations = "") => Add(
        at,
        $$$"""
        {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"a-{{{hash}}}","namespace":"n","labels":{"rollouts-pod-template-hash":"{{{hash}}}"},
          "annotations":{{{{annotations}}}},"ownerReferences":[{"kind":"Rollout","name":"a","controller":true}]},
         "spec":{"replicas":{{{replicas}}} },"status":{"availableReplicas":{{{available}}} } }
        """);

    public Recorded Add(double at, string json)
    {
        var item = new Unstructured((JsonObject)JsonNode.Parse(json)!);
        var key = new ObjectKey(item.Kind, item.Metadata.NamespaceProperty ?? "", item.Metadata.Name);
        _state = _state.SetItem(key, item);
        _seen.Add(new(Start.AddSeconds(at), WatchEventKind.Modified, key, item, _state));
        return this;
    }
}
