using Kubernetes.Api.Schemas;

namespace Kubernetes.Tests.Api;

/// <summary>API-19: times have the digits of their type.</summary>
public sealed class TimeTests(ServerFixture api)
{
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", 0, "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.987654321Z", 0, "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05+02:00", 0, "2026-01-02T01:04:05Z")]
    [InlineData("2026-01-02T03:04:05.5Z", 6, "2026-01-02T03:04:05.500000Z")]
    [InlineData("2026-01-02T03:04:05.123456Z", 6, "2026-01-02T03:04:05.123456Z")]
    [InlineData("2026-01-02T03:04:05", 0, null)]
    [InlineData("yesterday", 0, null)]
    [InlineData("", 6, null)]
    public void API_19_times_are_in_utc_and_cut(string sent, int digits, string? stored) => Times.Canonical(sent, digits).Should().Be(stored);

    [Fact]
    public async Task API_19_times_of_conditions_are_cut_and_those_of_leases_are_kept()
    {
        var space = await api.NewNamespaceAsync();
        await api.PostAsync($"/api/v1/namespaces/{space}/pods", """{"metadata":{"name":"a"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        var pod = await api.MergeAsync($"/api/v1/namespaces/{space}/pods/a/status", """{"status":{"startTime":"2026-01-02T03:04:05.678Z"}}""");
        var lease = await api.PostAsync($"/apis/coordination.k8s.io/v1/namespaces/{space}/leases", """{"metadata":{"name":"a"},"spec":{"renewTime":"2026-01-02T03:04:05.678900Z"}}""");
        var refused = await api.PostAsync($"/apis/coordination.k8s.io/v1/namespaces/{space}/leases", """{"metadata":{"name":"b"},"spec":{"renewTime":"noon"}}""");

        pod.Body!["status"]!["startTime"]!.GetValue<string>().Should().Be("2026-01-02T03:04:05Z");
        lease.Body!["spec"]!["renewTime"]!.GetValue<string>().Should().Be("2026-01-02T03:04:05.678900Z");
        lease.Body["metadata"]!["creationTimestamp"]!.GetValue<string>().Should().MatchRegex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$");
        refused.Code.Should().Be(400);
        refused.Message.Should().Contain("parsing time \"noon\"");
    }
}
