using BenchmarkDotNet.Attributes;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Micro;

/// <summary>A create and a delete that every watcher reads; no network.</summary>
[MemoryDiagnoser]
public class StoreWatchBenchmarks
{
    private static readonly ObjectKey Key = new("configmaps", "default", "watched");

    private readonly Document document = CanonicalJson.Write(Documents.Deployment());
    private readonly ObjectStore store = new();
    private WatchWindow[] windows = [];

    [Params(1, 100)]
    public int Watchers { get; set; }

    [GlobalSetup]
    public void Watch() => windows = [.. Enumerable.Range(0, Watchers).Select(_ => store.Watch(Key.Resource, store.Revision))];

    [GlobalCleanup]
    public void End() => Array.ForEach(windows, window => window.Dispose());

    [Benchmark]
    public int FanOut()
    {
        store.Delete(Key, store.Create(Key, document).Revision);
        var read = 0;
        foreach (var window in windows)
        {
            while (window.TryRead(out _))
            {
                read++;
            }
        }

        return read;
    }
}
