namespace Kubernetes.Tests.Api;

/// <summary>What asks for more of the past than the server keeps: API-22, API-29. A server of its own, with a short history.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private const int HistoryLength = 5;
    private readonly ServerFixture api = new() { HistoryLength = HistoryLength };

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task API_29_a_watch_from_before_the_history_is_told_that_its_version_expired()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var old = (await api.GetAsync(path)).Version;
        await WriteAsync(path, HistoryLength + 1);

        var watch = await api.GetAsync($"{path}?watch=1&resourceVersion={old}");

        watch.Code.Should().Be(410);
        watch.Reason.Should().Be("Expired");
        watch.Message.Should().StartWith($"too old resource version: {old} (");
    }

    [Fact]
    public async Task API_29_a_watch_from_the_oldest_version_that_is_kept_misses_nothing()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await WriteAsync(path, HistoryLength);
        var kept = (await api.GetAsync(path)).Version;
        await WriteAsync(path, HistoryLength, "late");

        await using var watch = await WatchReader.OpenAsync(api, $"{path}?watch=1&resourceVersion={kept}");

        for (var i = 0; i < HistoryLength; i++)
        {
            (await watch.NextLineAsync()).Should().Be($"ADDED late-{i}");
        }
    }

    [Fact]
    public async Task API_22_a_token_from_before_the_history_comes_with_one_for_the_inconsistent_rest()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await WriteAsync(path, 3, "a");
        var token = (await api.GetAsync($"{path}?limit=2")).Body!["metadata"]!["continue"]!.GetValue<string>();
        await WriteAsync(path, HistoryLength + 1, "b");

        var expired = await api.GetAsync($"{path}?limit=2&continue={Uri.EscapeDataString(token)}");

        expired.Code.Should().Be(410);
        expired.Reason.Should().Be("Expired");
        var fresh = expired.Body!["metadata"]!["continue"]!.GetValue<string>();
        var rest = await api.GetAsync($"{path}?limit=2&continue={Uri.EscapeDataString(fresh)}");
        rest.ItemNames.Should().Equal("a-2", "b-0");
    }

    [Fact]
    public async Task API_23_an_exact_version_from_before_the_history_has_expired()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var old = (await api.GetAsync(path)).Version;
        await WriteAsync(path, HistoryLength + 1);

        var list = await api.GetAsync($"{path}?resourceVersion={old}&resourceVersionMatch=Exact");

        list.Code.Should().Be(410);
        list.Reason.Should().Be("Expired");
    }

    private async Task WriteAsync(string path, int count, string prefix = "m")
    {
        for (var i = 0; i < count; i++)
        {
            (await api.PostAsync(path, $$$"""{"metadata":{"name":"{{{prefix}}}-{{{i}}}"}}""")).Code.Should().Be(201);
        }
    }
}
