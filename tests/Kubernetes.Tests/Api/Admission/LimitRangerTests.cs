namespace Kubernetes.Tests.Api.Admission;

/// <summary>LimitRanges: what containers get that say nothing, and what is refused.</summary>
public sealed class LimitRangerTests(ServerFixture api)
{
    [Fact]
    public async Task Containers_get_the_default_requests_and_limits_and_an_annotation_says_so()
    {
        var space = await LimitedAsync("""{"type":"Container","default":{"cpu":"500m","memory":"1Gi"},"defaultRequest":{"cpu":"100m"}}""");

        var pod = await PodAsync(space, "");

        pod.Body!["spec"]!["containers"]![0]!["resources"]!.ToJsonString().Should().Be("""{"limits":{"cpu":"500m","memory":"1Gi"},"requests":{"cpu":"100m","memory":"1Gi"}}""");
        pod.Body["metadata"]!["annotations"]!["kubernetes.io/limit-ranger"]!.GetValue<string>().Should().Be(
            "LimitRanger plugin set: cpu, memory request for container a; cpu, memory limit for container a");
    }

    [Fact]
    public async Task What_a_container_says_itself_is_kept()
    {
        var space = await LimitedAsync("""{"type":"Container","default":{"cpu":"500m"},"defaultRequest":{"cpu":"100m"}}""");

        var pod = await PodAsync(space, ""","resources":{"limits":{"cpu":"2"},"requests":{"cpu":"1"}}""");

        pod.Body!["spec"]!["containers"]![0]!["resources"]!.ToJsonString().Should().Be("""{"limits":{"cpu":"2"},"requests":{"cpu":"1"}}""");
        pod.Body["metadata"]!["annotations"].Should().BeNull();
    }

    [Theory]
    [InlineData("""{"type":"Container","max":{"cpu":"1"}}""", """{"limits":{"cpu":"2"}}""", "maximum cpu usage per Container is 1, but limit is 2")]
    [InlineData("""{"type":"Container","min":{"memory":"64Mi"}}""", """{"requests":{"memory":"1Mi"}}""", "minimum memory usage per Container is 64Mi, but request is 1Mi")]
    [InlineData("""{"type":"Container","maxLimitRequestRatio":{"cpu":"2"}}""", """{"limits":{"cpu":"1"},"requests":{"cpu":"250m"}}""", "cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000")]
    [InlineData("""{"type":"Pod","max":{"cpu":"1"}}""", "{}", "maximum cpu usage per Pod is 1.  No limit is specified")]
    [InlineData("""{"type":"Pod","max":{"cpu":"1","memory":"1Gi"}}""", "{}", "[maximum cpu usage per Pod is 1.  No limit is specified, maximum memory usage per Pod is 1Gi.  No limit is specified]")]
    public async Task What_is_out_of_range_is_refused(string limit, string resources, string why)
    {
        var refused = await PodAsync(await LimitedAsync(limit), $",\"resources\":{resources}");

        refused.Code.Should().Be(403);
        refused.Message.Should().Be($"pods \"p\" is forbidden: {why}");
    }

    [Theory, InlineData("1Gi", 201), InlineData("20Gi", 403)]
    public async Task Claims_keep_within_their_limits(string size, int code)
    {
        var space = await LimitedAsync("""{"type":"PersistentVolumeClaim","max":{"storage":"10Gi"}}""");

        var claim = await api.PostAsync(
            $"/api/v1/namespaces/{space}/persistentvolumeclaims",
            $$$$"""{"metadata":{"name":"c"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"{{{{size}}}}"} } } }""");

        claim.Code.Should().Be(code);
        if (code == 403)
        {
            claim.Message.Should().Be("persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 10Gi, but request is 20Gi");
        }
    }

    private async Task<string> LimitedAsync(string limit)
    {
        var space = await api.NewNamespaceAsync();
        (await api.PostAsync($"/api/v1/namespaces/{space}/limitranges", $$$"""{"metadata":{"name":"range"},"spec":{"limits":[{{{limit}}}]}}""")).Code.Should().Be(201);
        return space;
    }

    private Task<Reply> PodAsync(string space, string container)
        => api.PostAsync($"/api/v1/namespaces/{space}/pods", $$$"""{"metadata":{"name":"p"},"spec":{"containers":[{"name":"a","image":"i"{{{container}}}}]}}""");
}
