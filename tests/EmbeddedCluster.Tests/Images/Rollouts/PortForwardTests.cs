using System.Net;
using System.Net.Sockets;
using System.Text;
using EmbeddedCluster.Images.Rollouts;

namespace EmbeddedCluster.Tests.Images.Rollouts;

/// <summary>Ports of a real program: it is given free ones, and the pod's lead there.</summary>
public sealed class PortForwardTests
{
    private static readonly string[] Arguments = ["--healthzPort=8080", "--metricsPort", "9000", "--leader-elect"];

    [Fact]
    public void A_port_is_read_in_both_ways_of_writing_it()
    {
        PortFlag.Read(Arguments, "--healthzPort", 1).Should().Be(8080);
        PortFlag.Read(Arguments, "--metricsport", 1).Should().Be(9000);
        PortFlag.Read(Arguments, "--otherPort", 7).Should().Be(7);
    }

    [Fact]
    public void Another_port_takes_its_place()
    {
        PortFlag.Write(Arguments, "--metricsport", 5).Should().Equal("--healthzPort=8080", "--leader-elect", "--metricsport=5");
        PortFlag.Write(Arguments, "--healthzPort", 6).Should().Equal("--metricsPort", "9000", "--leader-elect", "--healthzPort=6");
    }

    [Fact]
    public async Task What_is_sent_to_the_pods_address_reaches_the_program_and_its_answer_comes_back()
    {
        var stop = TestContext.Current.CancellationToken;
        var from = new IPEndPoint(IPAddress.Loopback, Free());
        await using var forward = PortForward.Start(from);
        using var program = new TcpListener(forward.To);
        program.Start();

        using var client = new TcpClient();
        await client.ConnectAsync(from, stop);
        using var served = await program.AcceptTcpClientAsync(stop);
        var (near, far) = (client.GetStream(), served.GetStream());
        await near.WriteAsync(Encoding.ASCII.GetBytes("ping"), stop);
        client.Client.Shutdown(SocketShutdown.Send);
        var heard = new StreamReader(far);
        (await heard.ReadToEndAsync(stop)).Should().Be("ping");
        await far.WriteAsync(Encoding.ASCII.GetBytes("pong"), stop);
        served.Client.Shutdown(SocketShutdown.Send);

        var answer = new StreamReader(near);
        (await answer.ReadToEndAsync(stop)).Should().Be("pong");
    }

    private static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
