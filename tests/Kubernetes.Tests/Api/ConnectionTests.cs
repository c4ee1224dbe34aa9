using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Kubernetes.Tests.Api;

/// <summary>Clients that stop half way: others are served meanwhile, and nothing half-sent is stored.</summary>
public sealed class ConnectionTests(ServerFixture api)
{
    // real time
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Slow_senders_hold_up_nobody_and_store_nothing()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var slow = new List<SslStream>();
        try
        {
            for (var i = 0; i < 30; i++)
            {
                var stream = await ConnectAsync();
                slow.Add(stream);
                // some stop in the headers, the others in the body
                await WriteAsync(stream, i % 2 == 0 ? $"POST {path} HTTP/1.1\r\nHost: api\r\nAuthor" : Head("POST", path, 500) + "{\"metadata\":{\"name\":\"half\"}");
            }

            (await api.PostAsync(path, """{"metadata":{"name":"whole"}}""")).Code.Should().Be(201);
        }
        finally
        {
            foreach (var stream in slow)
            {
                await stream.DisposeAsync();
            }
        }
        (await api.GetAsync(path)).ItemNames.Should().Equal("whole");
    }

    [Fact]
    public async Task A_client_that_sends_no_more_still_gets_its_answer()
    {
        await using var stream = await ConnectAsync();
        await WriteAsync(stream, Head("GET", "/api/v1/namespaces/default", 0));
        await stream.ShutdownAsync();

        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        (await reader.ReadLineAsync(patience.Token)).Should().Be("HTTP/1.1 200 OK");
    }

    [Fact]
    public async Task A_body_that_ends_early_is_not_stored()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await using (var stream = await ConnectAsync())
        {
            await WriteAsync(stream, Head("POST", path, 500) + """{"metadata":{"name":"half"}}""");
            await stream.ShutdownAsync();
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            (await AnswerAsync(stream, patience.Token)).Should().NotContain("HTTP/1.1 2", "it is refused, or the connection ends");
        }
        (await api.GetAsync(path)).Items.Should().BeEmpty();
    }

    private static async Task<string> AnswerAsync(SslStream stream, CancellationToken stop)
    {
        try
        {
            var answer = new byte[4096];
            return Encoding.ASCII.GetString(answer, 0, await stream.ReadAsync(answer, stop));
        }
        catch (IOException)
        {
            return ""; // reset
        }
    }

    private string Head(string method, string path, int length) =>
        $"{method} {path} HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer {api.Server.AdminToken}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n";

    private static Task WriteAsync(SslStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken).AsTask();

    private async Task<SslStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(api.Server.Address.Host, api.Server.Address.Port, TestContext.Current.CancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync("localhost");
        return stream;
    }
}
