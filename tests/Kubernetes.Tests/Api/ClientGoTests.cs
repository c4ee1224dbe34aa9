using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>What client-go's informers, RetryWatcher and leader election send, as requests. Prometheus' kubernetes_sd_configs is such informers.</summary>
public sealed class ClientGoTests(ServerFixture api)
{
    /// <summary>Typed clients ask for protobuf first since 1.32.</summary>
    private const string Accept = "application/vnd.kubernetes.protobuf,application/json";

    public static TheoryData<string> DiscoveredByPrometheus =>
        ["/api/v1/endpoints", "/api/v1/services", "/api/v1/pods", "/api/v1/nodes", "/apis/discovery.k8s.io/v1/endpointslices", "/apis/networking.k8s.io/v1/ingresses"];

    [Theory, MemberData(nameof(DiscoveredByPrometheus))]
    public async Task An_informer_that_lists_goes_on_where_its_list_ended(string path)
    {
        var list = await api.GetAsync($"{path}?limit=500&resourceVersion=0", Accept);
        list.Code.Should().Be(200);
        list.Type.Should().Be("application/vnd.kubernetes.protobuf");
        await using var watch = await WatchReader.OpenAsync(api, $"{path}?allowWatchBookmarks=true&resourceVersion={list.Version}&timeoutSeconds=1&watch=true", Accept);

        while (await watch.NextAsync() is { } next)
        {
            next.Type.Should().NotBe("ERROR");
            long.Parse(next.Object["metadata"]!["resourceVersion"]!.GetValue<string>()).Should().BeGreaterThanOrEqualTo(long.Parse(list.Version));
        }
    }

    [Theory, MemberData(nameof(DiscoveredByPrometheus))]
    public async Task An_informer_that_watches_from_the_start_learns_where_the_start_ended(string path)
    {
        await using var watch = await WatchReader.OpenAsync(
            api, $"{path}?allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&sendInitialEvents=true&timeoutSeconds=60&watch=true", Accept);

        JsonNode? ended = null;
        while (ended is null && await watch.NextAsync() is { } next)
        {
            next.Type.Should().BeOneOf("ADDED", "MODIFIED", "DELETED", "BOOKMARK");
            ended = next.Type == "BOOKMARK" && next.Object["metadata"]!["annotations"]?["k8s.io/initial-events-end"]?.GetValue<string>() == "true" ? next.Object : null;
        }

        ended.Should().NotBeNull("without it an informer waits for ever");
        ended!["metadata"]!["resourceVersion"]!.GetValue<string>().Should().NotBe("0").And.NotBeEmpty();
    }

    [Fact]
    public async Task A_retry_watcher_takes_up_after_the_last_event_it_saw()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var last = (await api.PostAsync(path, """{"metadata":{"name":"a"}}""")).Version;
        for (var i = 0; i < 3; i++)
        {
            await api.MergeAsync($"{path}/a", $$$"""{"data":{"i":"{{{i}}}"}}""");
            await using var watch = await WatchReader.OpenAsync(api, $"{path}?allowWatchBookmarks=true&resourceVersion={last}&watch=true", Accept);
            var next = (await watch.NextAsync())!.Value;

            next.Object["data"]!["i"]!.GetValue<string>().Should().Be($"{i}", "each reconnection goes on where the last one ended, without gap or repetition");
            last = next.Object["metadata"]!["resourceVersion"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task API_77_of_three_contenders_for_a_lease_one_holds_it()
    {
        var path = $"/apis/coordination.k8s.io/v1/namespaces/{await api.NewNamespaceAsync()}/leases";
        var created = await Task.WhenAll(Contenders().Select(who => api.PostAsync(path, Lease(who))));
        created.Select(reply => reply.Code).Order().Should().Equal(201, 409, 409);
        var seen = (await api.GetAsync($"{path}/lock")).Version;

        // all have read the same lease, and all believe that it has run out
        var taken = await Task.WhenAll(Contenders().Select(who => api.PutAsync($"{path}/lock", Lease(who, seen))));

        taken.Select(reply => reply.Code).Order().Should().Equal(200, 409, 409);
        taken.Where(reply => reply.Code == 409).Should().OnlyContain(reply => reply.Reason == "Conflict");
        var holder = taken.Single(reply => reply.Code == 200).Body!["spec"]!["holderIdentity"]!.GetValue<string>();
        (await api.GetAsync($"{path}/lock")).Body!["spec"]!["holderIdentity"]!.GetValue<string>().Should().Be(holder);
    }

    private static string[] Contenders() => ["one", "two", "three"];

    private static string Lease(string holder, string? version = null) => new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "lock", ["resourceVersion"] = version },
        ["spec"] = new JsonObject { ["holderIdentity"] = holder, ["leaseDurationSeconds"] = 15, ["renewTime"] = version is null ? "2030-01-01T00:00:00.000000Z" : "2030-01-01T00:00:30.000000Z" },
    }.ToJsonString();
}
