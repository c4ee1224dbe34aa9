using System.Text;
using Kubernetes.Store;

namespace Kubernetes.Tests.Store;

public sealed class ObjectStoreTests
{
    private static readonly ObjectKey Key = new("things", "space", "a");

    [Fact]
    public void Every_write_takes_the_next_revision_and_carries_it()
    {
        var store = new ObjectStore();
        var created = store.Create(Key, Content("1"));
        var updated = store.Update(Key, Content("2"), created.Revision);

        updated.Revision.Should().Be(created.Revision + 1);
        Encoding.UTF8.GetString(updated.Value).Should().Be($$"""{"metadata":{"resourceVersion":"{{updated.Revision}}"},"v":"2"}""");
        store.Revision.Should().Be(updated.Revision);
    }

    [Fact]
    public void Equal_content_is_no_write_and_no_event()
    {
        var store = new ObjectStore();
        var created = store.Create(Key, Content("1"));
        using var watch = store.Watch("things", created.Revision);

        store.Update(Key, Content("1"), created.Revision).Should().BeSameAs(created);

        store.Revision.Should().Be(created.Revision);
        watch.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public void A_writer_with_an_old_revision_is_refused()
    {
        var store = new ObjectStore();
        var created = store.Create(Key, Content("1"));
        store.Update(Key, Content("2"), created.Revision);

        store.Invoking(s => s.Update(Key, Content("3"), created.Revision)).Should().Throw<StoreConflictException>();
        store.Invoking(s => s.Delete(Key, created.Revision)).Should().Throw<StoreConflictException>();
        store.Invoking(s => s.Create(Key, Content("3"))).Should().Throw<StoreConflictException>();
    }

    [Fact]
    public void A_deletion_carries_the_last_content_with_its_own_revision()
    {
        var store = new ObjectStore();
        var created = store.Create(Key, Content("1"));
        using var watch = store.Watch("things", created.Revision);

        var deleted = store.Delete(Key, created.Revision);

        watch.TryRead(out var change).Should().BeTrue();
        change!.Type.Should().Be(StoreEventType.Deleted);
        change.Object.Should().BeSameAs(deleted);
        Encoding.UTF8.GetString(deleted.Value).Should().Contain($"\"{created.Revision + 1}\"").And.Contain("\"v\":\"1\"");
        store.Find(Key).Should().BeNull();
    }

    [Fact]
    public void A_list_in_the_past_shows_the_past_until_it_leaves_history()
    {
        var store = new ObjectStore(historyLength: 2);
        var first = store.Create(Key, Content("1"));
        var second = store.Update(Key, Content("2"), first.Revision);
        store.Update(Key, Content("3"), second.Revision);

        store.List("things", second.Revision).Objects().Single().Should().BeSameAs(second);
        store.Update(Key, Content("4"), store.Revision);
        store.Invoking(s => s.List("things", first.Revision)).Should().Throw<RevisionCompactedException>();
        store.Invoking(s => s.Watch("things", first.Revision)).Should().Throw<RevisionCompactedException>();
    }

    [Fact]
    public void Lists_are_in_key_order_by_namespace_and_go_on_after_a_key()
    {
        var store = new ObjectStore();
        foreach (var (space, name) in new[] { ("b", "x"), ("a", "z"), ("a", "y"), ("c", "w") })
        {
            store.Create(new ObjectKey("things", space, name), Content("1"));
        }

        store.List("things").Objects().Select(o => o.Key.Name).Should().Equal("y", "z", "x", "w");
        store.List("things").Objects("a").Select(o => o.Key.Name).Should().Equal("y", "z");
        store.List("things").Objects(null, new ObjectKey("things", "a", "z")).Select(o => o.Key.Name).Should().Equal("x", "w");
        store.List("things").Objects("a", new ObjectKey("things", "a", "y")).Select(o => o.Key.Name).Should().Equal("z");
    }

    [Fact]
    public async Task A_watcher_that_falls_behind_is_ended_and_others_are_not()
    {
        var store = new ObjectStore(watchCapacity: 4);
        using var slow = store.Watch("things", store.Revision);
        using var other = store.Watch("things", store.Revision);
        for (var i = 0; i < 6; i++)
        {
            store.Create(new ObjectKey("things", "", $"n{i}"), Content("1"));
            other.TryRead(out _).Should().BeTrue();
        }

        slow.Overflowed.Should().BeTrue();
        other.Overflowed.Should().BeFalse();
        var delivered = 0;
        await foreach (var _ in slow.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            delivered++;
        }
        delivered.Should().Be(4, "what was buffered arrives, then the stream ends");
    }

    [Fact]
    public void Progress_stands_behind_everything_committed_before_it()
    {
        var store = new ObjectStore();
        using var watch = store.Watch("things", store.Revision);
        store.Create(Key, Content("1"));
        store.Create(Key with { Resource = "others" }, Content("1"));

        watch.RequestProgress();

        watch.TryRead(out var created).Should().BeTrue();
        watch.TryRead(out var progress).Should().BeTrue();
        (created!.Type, progress!.Type).Should().Be((StoreEventType.Created, StoreEventType.Progress));
        progress.Revision.Should().Be(store.Revision);
    }

    internal static Document Content(string value)
    {
        var text = $$"""{"metadata":{"resourceVersion":""},"v":"{{value}}"}""";
        return new Document(Encoding.UTF8.GetBytes(text), text.IndexOf("\"\"", StringComparison.Ordinal) + 1);
    }
}
