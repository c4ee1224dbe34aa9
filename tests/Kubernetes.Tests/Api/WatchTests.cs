namespace Kubernetes.Tests.Api;

/// <summary>API-26..36</summary>
public sealed class WatchTests(ServerFixture api)
{
    [Fact]
    public async Task API_26_a_watch_answers_at_once_and_then_streams_every_change()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var list = await api.GetAsync(path);
        await using var watch = await WatchReader.OpenAsync(api, $"{path}?watch=1&resourceVersion={list.Version}");

        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");
        await api.MergeAsync(path + "/a", """{"data":{"k":"v"}}""");
        await api.DeleteAsync(path + "/a");

        (await watch.NextLineAsync()).Should().Be("ADDED a");
        (await watch.NextLineAsync()).Should().Be("MODIFIED a");
        (await watch.NextLineAsync()).Should().Be("DELETED a");
    }

    [Fact]
    public async Task API_28_selectors_turn_changes_into_additions_and_deletions()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var list = await api.GetAsync(path);
        await using var watch = await WatchReader.OpenAsync(api, $"{path}?watch=1&resourceVersion={list.Version}&labelSelector=on%3Dyes");

        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");
        await api.MergeAsync(path + "/a", """{"metadata":{"labels":{"on":"yes"}},"data":{"k":"matching"}}""");
        var left = await api.MergeAsync(path + "/a", """{"metadata":{"labels":{"on":"no"}},"data":{"k":"left"}}""");

        (await watch.NextLineAsync()).Should().Be("ADDED a");
        var deleted = await watch.NextAsync();
        deleted!.Value.Type.Should().Be("DELETED");
        deleted.Value.Object["data"]!["k"]!.GetValue<string>().Should().Be("matching");
        deleted.Value.Object["metadata"]!["resourceVersion"]!.GetValue<string>().Should().Be(left.Version);
    }

    [Theory, InlineData(""), InlineData("&resourceVersion=0")]
    public async Task API_30_without_a_version_a_watch_begins_with_what_exists(string version)
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");
        await using var watch = await WatchReader.OpenAsync(api, $"{path}?watch=1{version}");

        (await watch.NextLineAsync()).Should().Be("ADDED a");
    }

    [Theory, InlineData(0), InlineData(2)]
    public async Task API_32_a_watch_list_ends_its_beginning_with_one_bookmark(int objects)
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        for (var i = 0; i < objects; i++)
        {
            await api.PostAsync(path, $$$"""{"metadata":{"name":"m{{{i}}}"}}""");
        }
        await using var watch = await WatchReader.OpenAsync(
            api, $"{path}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

        for (var i = 0; i < objects; i++)
        {
            (await watch.NextLineAsync()).Should().Be($"ADDED m{i}");
        }
        var bookmark = await watch.NextAsync();
        bookmark!.Value.Type.Should().Be("BOOKMARK");
        bookmark.Value.Object["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.GetValue<string>().Should().Be("true");
        await api.PostAsync(path, """{"metadata":{"name":"late"}}""");
        (await watch.NextLineAsync()).Should().Be("ADDED late");
    }

    [Theory]
    [InlineData("watch=1&sendInitialEvents=true", "resourceVersionMatch")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan", "sendInitialEvents")]
    public async Task API_33_sendInitialEvents_is_checked(string query, string field)
    {
        var reply = await api.GetAsync("/api/v1/pods?" + query);

        reply.Code.Should().Be(422);
        reply.Body!["details"]!["causes"]![0]!["field"]!.GetValue<string>().Should().Be(field);
    }

    [Fact]
    public async Task API_31_API_34_a_timed_watch_ends_cleanly_after_a_last_bookmark()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await using var watch = await WatchReader.OpenAsync(api, $"{path}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true");

        (await watch.NextLineAsync()).Should().Be("BOOKMARK");
        (await watch.NextLineAsync()).Should().Be("end");
    }

    [Fact]
    public async Task API_35_many_watches_share_one_connection()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var list = await api.GetAsync(path);
        var watches = new List<WatchReader>();
        for (var i = 0; i < 150; i++)
        {
            watches.Add(await WatchReader.OpenAsync(api, $"{path}?watch=1&resourceVersion={list.Version}"));
        }

        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");

        foreach (var watch in watches)
        {
            (await watch.NextLineAsync()).Should().Be("ADDED a");
            await watch.DisposeAsync();
        }
    }

    [Fact]
    public async Task API_36_a_watch_of_one_name_sees_only_it()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await using var watch = await WatchReader.OpenAsync(api, $"{path}?watch=1&fieldSelector=metadata.name%3Db");

        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");
        await api.PostAsync(path, """{"metadata":{"name":"b"}}""");

        (await watch.NextLineAsync()).Should().Be("ADDED b");
    }
}
