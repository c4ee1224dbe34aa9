using Controllers.Runtime.Caching;
using k8s.Models;

namespace Controllers.Runtime.Tests.Caching;

public sealed class MutationCacheTests
{
    private static readonly NamespacedName Name = new("demo", "a");

    private readonly MutationCache<V1ConfigMap> _cache = new();

    [Fact]
    public void What_was_written_is_newest_until_the_informer_shows_it()
    {
        var written = At("10");
        _cache.Remember(written);

        _cache.Newest(Name, At("9")).Should().BeSameAs(written, "9 is before 10, whatever their letters say");

        var caughtUp = At("10");
        _cache.Newest(Name, caughtUp).Should().BeSameAs(caughtUp);
        var before = At("9");
        _cache.Newest(Name, before).Should().BeSameAs(before, "it was needed no more, and was forgotten");
    }

    [Fact]
    public void Answers_that_come_in_another_order_than_the_writes_do_not_take_the_object_back()
    {
        var later = At("12");
        _cache.Remember(later);
        _cache.Remember(At("11"));

        _cache.Newest(Name, At("10")).Should().BeSameAs(later);
    }

    [Fact]
    public void A_successor_of_the_same_name_is_another_object()
    {
        _cache.Remember(At("10", uid: "first"));

        var successor = At("5", uid: "second");
        _cache.Newest(Name, successor).Should().BeSameAs(successor);
    }

    [Fact]
    public void What_the_informer_does_not_show_is_gone()
    {
        _cache.Remember(At("10"));

        _cache.Newest(Name, null).Should().BeNull();
        var again = At("1");
        _cache.Newest(Name, again).Should().BeSameAs(again);
    }

    private static V1ConfigMap At(string version, string uid = "uid")
        => new() { Metadata = new V1ObjectMeta { Name = "a", NamespaceProperty = "demo", Uid = uid, ResourceVersion = version } };
}
