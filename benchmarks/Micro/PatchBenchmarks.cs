using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Kubernetes.Api.Patching;
using Kubernetes.Api.Patching.Apply;
using Kubernetes.Api.Schemas;

namespace Micro;

/// <summary>One change of a Deployment by each kind of patch; each begins with a copy of the object, as a request does.</summary>
[MemoryDiagnoser]
public class PatchBenchmarks
{
    private readonly JsonObject live = Documents.Deployment();
    private readonly JsonObject change = Documents.Patch();
    private readonly JsonObject applied = Documents.Applied();
    private readonly JsonNode operations = JsonNode.Parse(
        """[{"op":"test","path":"/spec/replicas","value":3},{"op":"replace","path":"/spec/replicas","value":5},{"op":"add","path":"/metadata/labels/tier","value":"front"}]""")!;

    private Schema? schema;
    private JsonObject managed = [];

    [GlobalSetup]
    public void Own()
    {
        schema = Documents.Deployments.Schema.Value;
        managed = ServerSideApply.Apply(Copy(), applied, schema, Documents.Applier);
    }

    [Benchmark(Baseline = true)]
    public JsonObject Copy() => (JsonObject)live.DeepClone();

    [Benchmark]
    public JsonObject Json() => JsonPatch.Apply(Copy(), operations);

    [Benchmark]
    public JsonObject Merge() => MergePatch.Apply(Copy(), change);

    [Benchmark]
    public JsonObject StrategicMerge() => StrategicMergePatch.Apply(Copy(), change, schema);

    /// <summary>Takes fields from whoever made the object.</summary>
    [Benchmark]
    public JsonObject FirstApply() => ServerSideApply.Apply(Copy(), applied, schema, Documents.Applier);

    /// <summary>What a GitOps controller does most: nothing changes.</summary>
    [Benchmark]
    public JsonObject SameApply() => ServerSideApply.Apply((JsonObject)managed.DeepClone(), applied, schema, Documents.Applier);
}
