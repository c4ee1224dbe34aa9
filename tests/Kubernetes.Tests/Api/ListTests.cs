namespace Kubernetes.Tests.Api;

/// <summary>API-20..25</summary>
public sealed class ListTests(ServerFixture api)
{
    [Fact]
    public async Task API_20_an_empty_list_has_items_and_a_version()
    {
        var space = await api.NewNamespaceAsync();
        var list = await api.GetAsync($"/api/v1/namespaces/{space}/pods");

        list.Body!["kind"]!.GetValue<string>().Should().Be("PodList");
        list.Items.Should().BeEmpty();
        long.Parse(list.Version).Should().BePositive();
    }

    [Fact]
    public async Task API_21_chunks_show_one_snapshot()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        for (var i = 0; i < 7; i++)
        {
            await api.PostAsync(path, $$$"""{"metadata":{"name":"m{{{i}}}"}}""");
        }

        var first = await api.GetAsync(path + "?limit=3");
        await api.DeleteAsync(path + "/m5");
        await api.PostAsync(path, """{"metadata":{"name":"m55"}}""");
        var second = await api.GetAsync($"{path}?limit=3&continue={first.Body!["metadata"]!["continue"]}");
        var third = await api.GetAsync($"{path}?limit=3&continue={second.Body!["metadata"]!["continue"]}");

        first.ItemNames.Should().Equal("m0", "m1", "m2");
        first.Body["metadata"]!["remainingItemCount"]!.GetValue<int>().Should().Be(4);
        second.ItemNames.Should().Equal("m3", "m4", "m5");
        third.ItemNames.Should().Equal("m6");
        third.Body!["metadata"]!["continue"].Should().BeNull();
        new[] { second.Version, third.Version }.Should().AllBe(first.Version);
    }

    [Fact]
    public async Task API_22_a_bad_continue_token_is_refused()
    {
        (await api.GetAsync("/api/v1/pods?continue=nonsense")).Code.Should().Be(400);
        var mixed = await api.GetAsync("/api/v1/pods?continue=abc&resourceVersion=5");
        mixed.Code.Should().Be(400);
        mixed.Message.Should().Be("specifying resource version is not allowed when using continue");
    }

    [Fact]
    public async Task API_23_versions_of_the_future_and_matches_without_version_are_refused()
    {
        var future = await api.GetAsync("/api/v1/pods?resourceVersion=99999999");
        future.Code.Should().Be(504);
        future.Body!["details"]!["causes"]![0]!["reason"]!.GetValue<string>().Should().Be("ResourceVersionTooLarge");
        (await api.GetAsync("/api/v1/pods?resourceVersionMatch=Exact")).Code.Should().Be(422);
    }

    [Fact]
    public async Task API_23_an_exact_version_shows_the_past()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        var one = await api.PostAsync(path, """{"metadata":{"name":"a"}}""");
        await api.PostAsync(path, """{"metadata":{"name":"b"}}""");

        (await api.GetAsync($"{path}?resourceVersion={one.Version}&resourceVersionMatch=Exact")).ItemNames.Should().Equal("a");
        (await api.GetAsync(path)).ItemNames.Should().Equal("a", "b");
    }

    [Theory]
    [InlineData("app=web", "a,b")]
    [InlineData("app==web,tier!=front", "b")]
    [InlineData("tier in (front,back)", "a,b")]
    [InlineData("tier notin (front)", "b,c")]
    [InlineData("tier", "a,b")]
    [InlineData("!tier", "c")]
    [InlineData("weight>5", "c")]
    public async Task API_24_label_selectors_select(string selector, string expected)
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a","labels":{"app":"web","tier":"front"}}}""");
        await api.PostAsync(path, """{"metadata":{"name":"b","labels":{"app":"web","tier":"back"}}}""");
        await api.PostAsync(path, """{"metadata":{"name":"c","labels":{"app":"db","weight":"10"}}}""");

        (await api.GetAsync($"{path}?labelSelector={Uri.EscapeDataString(selector)}")).ItemNames.Should().Equal(expected.Split(','));
    }

    [Fact]
    public async Task API_24_a_malformed_label_selector_is_refused()
    {
        var reply = await api.GetAsync("/api/v1/pods?labelSelector=" + Uri.EscapeDataString("a in x"));
        reply.Code.Should().Be(400);
        reply.Message.Should().StartWith("unable to parse requirement");
    }

    [Fact]
    public async Task API_25_field_selectors_know_each_kinds_fields()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/pods";
        await api.PostAsync(path, Workloads.Pod("a", ",\"nodeName\":\"n1\""));
        await api.PostAsync(path, Workloads.Pod("b"));

        (await api.GetAsync(path + "?fieldSelector=spec.nodeName%3Dn1")).ItemNames.Should().Equal("a");
        (await api.GetAsync(path + "?fieldSelector=metadata.name!%3Da,status.phase%3DPending")).ItemNames.Should().Equal("b");
        (await api.GetAsync(path + "?fieldSelector=spec.nope%3D1")).Message.Should().Be("field label not supported: spec.nope");
    }
}
