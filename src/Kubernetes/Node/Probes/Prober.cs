using System.Globalization;
using System.Net.Sockets;
using k8s.Models;
using Kubernetes.Node.Programs;

namespace Kubernetes.Node.Probes;

/// <summary>Asks a container how it is: HTTP, TCP, or a command run in it (<c>pkg/probe</c>).</summary>
internal sealed class Prober : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true }, // upstream does not verify either
    });

    public async Task<ProbeOutcome> ProbeAsync(V1Probe probe, ContainerContext context, IContainerProgram program, CancellationToken cancel)
    {
        // the answer comes over a real connection, which is no faster when the cluster's clock is
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(probe.TimeoutSeconds ?? 1), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return probe switch
            {
                { HttpGet: { } http } => await HttpAsync(http, context, either.Token),
                { TcpSocket: { } tcp } => await TcpAsync(tcp, context, either.Token),
                { Exec: { } exec } => await ExecAsync(exec, context, program, either.Token),
                _ => ProbeOutcome.Failed("missing probe handler: only httpGet, tcpSocket and exec probes are run"),
            };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return ProbeOutcome.Failed(probe.HttpGet is null
                ? $"command timed out: timed out after {probe.TimeoutSeconds ?? 1}s"
                : $"Get \"{Target(probe.HttpGet, context)}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri Target(V1HTTPGetAction get, ContainerContext context)
    {
        var scheme = (get.Scheme ?? "HTTP").ToLowerInvariant();
        var host = string.IsNullOrEmpty(get.Host) ? context.PodIP.ToString() : get.Host;
        var path = get.Path ?? "/";
        return new Uri($"{scheme}://{host}:{Port(get.Port, context)}{(path.StartsWith('/') ? "" : "/")}{path}");
    }

    private static int Port(IntOrString port, ContainerContext context)
        => int.TryParse(port.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : context.Container.Ports?.FirstOrDefault(named => named.Name == port.Value)?.ContainerPort ?? 0;

    private async Task<ProbeOutcome> HttpAsync(V1HTTPGetAction get, ContainerContext context, CancellationToken cancel)
    {
        var target = Target(get, context);
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-probe/1.35");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.ConnectionClose = true;
        foreach (var header in get.HttpHeaders ?? [])
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancel);
            var code = (int)response.StatusCode;
            return code is >= 200 and < 400 ? ProbeOutcome.Passed : ProbeOutcome.Failed($"HTTP probe failed with statuscode: {code}");
        }
        catch (HttpRequestException exception)
        {
            return ProbeOutcome.Failed($"Get \"{target}\": {Reason(exception, $"{target.Host}:{target.Port}")}");
        }
    }

    private static async Task<ProbeOutcome> TcpAsync(V1TCPSocketAction tcp, ContainerContext context, CancellationToken cancel)
    {
        var host = string.IsNullOrEmpty(tcp.Host) ? context.PodIP.ToString() : tcp.Host;
        var port = Port(tcp.Port, context);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, cancel);
            return ProbeOutcome.Passed;
        }
        catch (SocketException exception)
        {
            return ProbeOutcome.Failed(Reason(exception, $"{host}:{port}"));
        }
    }

    private static async Task<ProbeOutcome> ExecAsync(V1ExecAction exec, ContainerContext context, IContainerProgram program, CancellationToken cancel)
    {
        if (program is not IExecutesCommands executes)
        {
            return ProbeOutcome.Failed($"exec is not possible in image \"{context.Image}\": it is not a local program");
        }

        var (exitCode, output) = await executes.ExecuteAsync(context, [.. exec.Command], cancel);
        return exitCode == 0 ? ProbeOutcome.Passed : ProbeOutcome.Failed(output);
    }

    private static string Reason(Exception exception, string target) => exception.GetBaseException() switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"dial tcp {target}: connect: connection refused",
        IOException => "EOF",
        { } other => other.Message,
    };
}
