using System.Collections.Concurrent;
using Kubernetes.Store;

namespace Kubernetes.Tests.Store;

/// <summary>API-27: a list at N and the changes after N give the list at the end, for every N, while many write.</summary>
public sealed class ListAndWatchProperty
{
    private const int Writers = 8;
    private const int WritesEach = 400;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task API_27_a_list_and_the_changes_after_it_are_the_list_at_the_end(int seed)
    {
        var store = new ObjectStore(historyLength: Writers * WritesEach + 1, watchCapacity: Writers * WritesEach + 1);
        var begun = new ConcurrentBag<(Dictionary<string, long> List, WatchWindow Changes)>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            var random = new Random(seed * 1000 + writer);
            for (var i = 0; i < WritesEach; i++)
            {
                Write(store, random);
                if (i % 50 == 0)
                {
                    begun.Add(Begin(store, random));
                }
            }
        })));

        var end = Sorted(State(store.List("things"))).ToDictionary();
        begun.Should().HaveCount(Writers * WritesEach / 50);
        foreach (var (state, changes) in begun)
        {
            Replay(state, changes).Should().Equal(end);
            changes.Dispose();
        }
        for (var revision = 1L; revision <= store.Revision; revision += 97)
        {
            using var changes = store.Watch("things", revision);
            Replay(State(store.List("things", revision)), changes).Should().Equal(end);
        }
    }

    private static (Dictionary<string, long>, WatchWindow) Begin(ObjectStore store, Random random)
    {
        if (random.Next(2) == 0)
        {
            var (initial, changes) = store.ListAndWatch("things");
            return (State(initial), changes);
        }
        var list = store.List("things");
        return (State(list), store.Watch("things", list.Revision));
    }

    private static void Write(ObjectStore store, Random random)
    {
        var key = new ObjectKey("things", "", $"n{random.Next(12)}");
        try
        {
            var existing = store.Find(key);
            switch (existing, random.Next(3))
            {
                case (null, _):
                    store.Create(key, ObjectStoreTests.Content($"{random.Next(4)}"));
                    break;
                case (_, 0):
                    store.Delete(key, existing.Revision);
                    break;
                default:
                    store.Update(key, ObjectStoreTests.Content($"{random.Next(4)}"), existing.Revision);
                    break;
            }
        }
        catch (StoreConflictException)
        {
            // another writer was first, as it should be
        }
    }

    private static Dictionary<string, long> State(Snapshot snapshot) => snapshot.Objects().ToDictionary(o => o.Key.Name, o => o.Revision);

    private static SortedDictionary<string, long> Sorted(Dictionary<string, long> state) => new(state);

    private static Dictionary<string, long> Replay(Dictionary<string, long> state, WatchWindow changes)
    {
        var last = 0L;
        void Apply(StoreEvent change)
        {
            change.Revision.Should().BeGreaterThan(last);
            last = change.Revision;
            if (change.Type == StoreEventType.Deleted)
            {
                state.Remove(change.Object!.Key.Name).Should().BeTrue();
            }
            else
            {
                state.ContainsKey(change.Object!.Key.Name).Should().Be(change.Type == StoreEventType.Updated);
                state[change.Object.Key.Name] = change.Revision;
            }
        }
        foreach (var change in changes.History)
        {
            Apply(change);
        }
        while (changes.TryRead(out var change))
        {
            Apply(change!);
        }
        return Sorted(state).ToDictionary();
    }
}
