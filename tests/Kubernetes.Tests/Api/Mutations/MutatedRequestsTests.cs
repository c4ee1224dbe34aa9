namespace Kubernetes.Tests.Api.Mutations;

/// <summary>Ten thousand broken requests: each is answered, none by an error of the server's own, and what is refused changes nothing.</summary>
public sealed class MutatedRequestsTests
{
    private const int Requests = 2500;

    // real time; far more than any answer takes on a busy machine
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Broken_requests_are_refused_and_change_nothing(int seed)
    {
        await using var server = new ServerFixture();
        await server.InitializeAsync();
        foreach (var request in ValidRequests.Before)
        {
            (await SendAsync(server, request)).Code.Should().BeInRange(200, 299, "{0}", request);
        }
        var wrong = new List<string>();
        var mutator = new Mutator(seed);
        var answered = new Dictionary<int, int>();
        for (var i = 0; i < Requests; i++)
        {
            var request = mutator.Next(ValidRequests.All);
            var before = server.Server.Revision;

            var (code, text) = await SendAsync(server, request);

            answered[code] = answered.GetValueOrDefault(code) + 1;
            if (!Allowed(code, text) || (code >= 400 && server.Server.Revision != before))
            {
                wrong.Add($"request {i}: {request} was answered {code} {text}, the revision went from {before} to {server.Server.Revision}");
            }
        }
        wrong.Should().BeEmpty("of seed {0}", seed);
        answered.Keys.Should().Contain([200, 201, 400, 404, 422], "the mutations reach every stage");
    }

    /// <summary>Server errors are upstream's: versions on new objects (500), revisions of the future (504), consoles of pods (501).</summary>
    private static bool Allowed(int code, string text) => code < 500
        || (code == 500 && text.Contains("resourceVersion should not be set on objects to be created"))
        || (code == 504 && text.Contains("Too large resource version"))
        || code == 501;

    private static async Task<(int Code, string Text)> SendAsync(ServerFixture server, SentRequest request)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Hang);
        using var message = request.Message(server.Server.Address);
        using var response = await server.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        // a watch goes on: its headers are its answer
        var text = (int)response.StatusCode < 400 ? "" : await response.Content.ReadAsStringAsync(patience.Token);
        return ((int)response.StatusCode, text);
    }
}
