using System.Net.WebSockets;
using System.Text;
using Controllers.Runtime.Client;
using k8s;
using Kubernetes.Controllers.Pods;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Node;

/// <summary>kubectl port-forward, in the ways that clients ask for it, to programs of this process and to local ones.</summary>
public sealed class PortForwardTests(TestCluster cluster)
{
    /// <summary>How kubectl asks: SPDY in a WebSocket, or, told not to, SPDY by upgrade.</summary>
    public static TheoryData<bool> WebSocket => [true, false];

    [Theory, MemberData(nameof(WebSocket))]
    public async Task Kubectl_reaches_a_pod_through_a_local_port(bool webSocket)
    {
        var ns = await DemoAsync();
        await using var forward = await KubectlForward.StartAsync(cluster, ns, webSocket, "pod/demo", ":8080");

        // one after another and several at once, over one connection
        for (var i = 0; i < 3; i++)
        {
            (await forward.GetAsync("/color")).Should().Be("\"blue\"");
        }
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => forward.GetAsync("/color")))).Should().AllBe("\"blue\"");
    }

    [Fact]
    public async Task Kubectl_reaches_a_service_through_a_local_port()
    {
        var ns = await DemoAsync();
        await cluster.ApplyAsync($$"""
            apiVersion: v1
            kind: Service
            metadata: { name: front, namespace: {{ns}} }
            spec: { selector: { app: demo }, ports: [{ name: web, port: 80, targetPort: 8080 }] }
            """);
        await using var forward = await KubectlForward.StartAsync(cluster, ns, webSocket: true, "svc/front", ":web");
        (await forward.GetAsync("/color")).Should().Be("\"blue\"");
    }

    [Theory, MemberData(nameof(WebSocket))]
    public async Task Where_nothing_listens_kubectl_says_so_and_ends(bool webSocket)
    {
        var ns = await DemoAsync();
        await using var forward = await KubectlForward.StartAsync(cluster, ns, webSocket, "pod/demo", ":9999");
        await forward.Invoking(started => started.GetAsync("/")).Should().ThrowAsync<HttpRequestException>();
        (await forward.EndAsync()).Should().Contain("-> 9999: error forwarding port 9999 to pod demo_").And.Contain("connect: connection refused")
            .And.Contain("error: lost connection to pod");
    }

    [Theory, InlineData(WebSocketProtocol.V4BinaryWebsocketProtocol), InlineData("v4.base64.channel.k8s.io")]
    public async Task The_client_for_CSharp_reaches_two_ports_over_channels(string protocol)
    {
        var ns = await DemoAsync();
        using var client = new k8s.Kubernetes(cluster.Configuration);
        using var socket = await client.WebSocketNamespacedPodPortForwardAsync("demo", ns, [8080, 9999], protocol, cancellationToken: TestContext.Current.CancellationToken);
        socket.SubProtocol.Should().Be(protocol);
        var seen = new Dictionary<int, string>();
        await SendAsync(socket, 0, "GET /color HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n");
        while (await ReceiveAsync(socket) is { } message)
        {
            seen[message.Channel] = seen.GetValueOrDefault(message.Channel, "") + message.Text;
        }

        seen[0].Should().StartWith("\u0090\u001f", "first comes the port, little-endian").And.ContainAll("200 OK", "\"blue\"");
        seen[1].Should().Be("\u0090\u001f", "nothing went wrong");
        seen[3].Should().Contain("error forwarding port 9999 to pod demo_");
    }

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade_and_a_bad_port_is_named()
    {
        var ns = await DemoAsync();
        (await cluster.KubectlAsync(ns, "get", "--raw", $"/api/v1/namespaces/{ns}/pods/demo/portforward")).Should().Contain("Upgrade request required");
        using var client = new k8s.Kubernetes(cluster.Configuration);
        await client.Invoking(asking => asking.WebSocketNamespacedPodPortForwardAsync("demo", ns, [70000], WebSocketProtocol.V4BinaryWebsocketProtocol))
            .Should().ThrowAsync<Exception>();
    }

    private async Task<string> DemoAsync()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Pod(ns, "demo", "{ containers: [{ name: main, image: 'argoproj/rollouts-demo:blue' }] }", "labels: { app: demo }"));
        await cluster.EventuallyAsync(Resources.Pods, ns, "demo", found => found?.IsReady() == true);
        return ns;
    }

    private static Task SendAsync(WebSocket socket, byte channel, string text) => socket.SubProtocol == WebSocketProtocol.V4BinaryWebsocketProtocol
        ? socket.SendAsync(new[] { channel }.Concat(Encoding.Latin1.GetBytes(text)).ToArray(), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken)
        : socket.SendAsync(Encoding.ASCII.GetBytes(channel + Convert.ToBase64String(Encoding.Latin1.GetBytes(text))), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    private static async Task<(int Channel, string Text)?> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var count = 0;
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(count), TestContext.Current.CancellationToken);
            count += received.Count;
        }
        while (!received.EndOfMessage);
        return received.MessageType switch
        {
            WebSocketMessageType.Close => null,
            WebSocketMessageType.Binary => (buffer[0], Encoding.Latin1.GetString(buffer, 1, count - 1)),
            _ => (buffer[0] - '0', Encoding.Latin1.GetString(Convert.FromBase64String(Encoding.ASCII.GetString(buffer, 1, count - 1)))),
        };
    }
}
