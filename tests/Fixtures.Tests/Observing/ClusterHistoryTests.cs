using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Fixtures.Observing;
using Fixtures.Waiting;
using k8s.Models;

namespace Fixtures.Tests.Observing;

public sealed class ClusterHistoryTests(ApiFixture api)
{
    private static readonly Resource<Unstructured> ConfigMaps = Resources.ConfigMaps.As<Unstructured>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_keeps_every_version_of_an_object_from_before_it_was_watched_to_its_deletion()
    {
        var space = await api.NewNamespaceAsync();
        await using var history = new ClusterHistory(api.Client, TimeProvider.System);
        await CreateAsync(space, "colours", "blue");

        await history.WatchAsync(ConfigMaps, space, null, Stop);
        await PaintAsync(space, "colours", "green");
        await api.Client.DeleteAsync(Resources.ConfigMaps, space, "colours", cancel: Stop);
        var key = new ObjectKey("ConfigMap", space, "colours");
        await history.Timeline.GrownBeyondAsync(2, Stop);

        history.Of(key).Select(version => $"{version.Kind} {version.Object.Json["data"]!["colour"]}").Should().Equal("Added blue", "Modified green", "Deleted green");
        history.Of(key)[1].State.Should().ContainKey(key);
        history.State.Should().NotContainKey(key);
    }

    [Fact]
    public async Task It_can_follow_one_object_by_name()
    {
        var space = await api.NewNamespaceAsync();
        await using var history = new ClusterHistory(api.Client, TimeProvider.System);
        await history.WatchAsync(ConfigMaps, space, "mine", Stop);

        await CreateAsync(space, "other", "red");
        await CreateAsync(space, "mine", "blue");
        await history.Timeline.GrownBeyondAsync(0, Stop);

        history.Timeline.Since().Select(version => version.Key.Name).Should().Equal("mine");
    }

    [Fact]
    public async Task A_wait_is_driven_by_what_happens_to_the_object()
    {
        var space = await api.NewNamespaceAsync();
        await using var history = new ClusterHistory(api.Client, TimeProvider.System);
        await history.WatchAsync(ConfigMaps, space, null, Stop);
        var subject = history.Object(new("ConfigMap", space, "colours"));
        var wait = Waiter.EventuallyAsync(subject, Field.Expect("green", Field.Is(".data.colour", "green")), TimeSpan.FromMinutes(1), Stop);

        await CreateAsync(space, "colours", "blue");
        wait.IsCompleted.Should().BeFalse();
        await PaintAsync(space, "colours", "green");

        (await wait)!["data"]!["colour"]!.ToString().Should().Be("green");
    }

    [Fact]
    public async Task A_kind_that_the_server_does_not_have_ends_a_wait_at_once()
    {
        var space = await api.NewNamespaceAsync();
        await using var history = new ClusterHistory(api.Client, TimeProvider.System);
        await history.WatchAsync(new("example.com", "v1", "widgets", "Widget"), space, null, Stop);

        var wait = () => Waiter.EventuallyAsync(
            history.Object(new("Widget", space, "mine")), Field.Expect("there", Field.Is(".metadata.name", "mine")), TimeSpan.FromHours(1), Stop);

        (await wait.Should().ThrowAsync<WaitFailedException>())
            .WithMessage($"Widget '{space}/mine' did not become there: GET /apis/example.com/v1/namespaces/{space}/widgets: *");
    }

    private static Waiter Waiter => new(WaitLimits.For(TimeProvider.System, 1), "look", "again");

    private Task CreateAsync(string space, string name, string colour) => api.Client.CreateAsync(
        Resources.ConfigMaps,
        new V1ConfigMap { Metadata = new() { Name = name, NamespaceProperty = space }, Data = new Dictionary<string, string> { ["colour"] = colour } },
        Stop);

    private Task PaintAsync(string space, string name, string colour) => api.Client.PatchAsync(
        Resources.ConfigMaps, space, name, Patch.Merge(new JsonObject { ["data"] = new JsonObject { ["colour"] = colour } }), cancel: Stop);
}
