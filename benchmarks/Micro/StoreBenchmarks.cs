using BenchmarkDotNet.Attributes;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Micro;

/// <summary>One write to a store that holds some objects already.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private const string Resource = "configmaps";

    private readonly Document document = CanonicalJson.Write(Documents.Deployment());
    private readonly Document other = CanonicalJson.Write(Documents.Applied());
    private ObjectStore store = new();
    private StoredObject updated = null!;

    [Params(1_000, 100_000)]
    public int Objects { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        store = new ObjectStore();
        for (var i = 0; i < Objects; i++)
        {
            store.Create(Key(i), document);
        }

        updated = store.Find(Key(Objects / 2))!;
    }

    /// <summary>A create and the deletion of what it made: the store keeps its size.</summary>
    [Benchmark]
    public StoredObject CreateAndDelete() => store.Delete(Key(-1), store.Create(Key(-1), document).Revision);

    [Benchmark]
    public StoredObject Update()
    {
        var next = updated.Value.Length < document.Bytes.Length ? document : other;
        return updated = store.Update(updated.Key, next, updated.Revision);
    }

    [Benchmark]
    public StoredObject? Find() => store.Find(updated.Key);

    [Benchmark]
    public int List()
    {
        var count = 0;
        foreach (var _ in store.List(Resource).Objects())
        {
            count++;
        }

        return count;
    }

    private static ObjectKey Key(int number) => new(Resource, "default", $"o{number}");
}
