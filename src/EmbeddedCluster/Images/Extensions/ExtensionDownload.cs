using System.Net.Sockets;
using System.Security.Cryptography;

namespace EmbeddedCluster.Images.Extensions;

/// <summary>Fetches an extension's archive as the installer's <c>curl -Lf --max-time</c> does, and compares it with its published checksum.</summary>
/// <param name="http">Finds the cluster's names.</param>
/// <param name="time">The network's clock, which does not run faster than real time.</param>
internal sealed class ExtensionDownload(HttpClient http, TimeProvider time)
{
    /// <summary>The archive.</summary>
    /// <exception cref="ExtensionInstallException">It cannot be had, with curl's message and exit code, or is not what was published.</exception>
    public async Task<byte[]> FetchAsync(ExtensionSettings settings, CancellationToken stop)
    {
        var archive = await GetAsync(settings.Address, settings.DownloadMax, stop);
        if (settings.Checksums is { } checksums)
        {
            var listed = System.Text.Encoding.UTF8.GetString(await GetAsync(checksums, settings.DownloadMax, stop));
            var expected = listed.Split('\n').FirstOrDefault(line => line.Contains(settings.FileName, StringComparison.Ordinal))
                ?? throw new ExtensionInstallException($"{checksums} has no checksum of {settings.FileName}", 1);
            if (expected.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0] != Convert.ToHexStringLower(SHA256.HashData(archive)))
            {
                throw new ExtensionInstallException("ERROR: extension checksum mismatch", 1);
            }
        }

        return archive;
    }

    private async Task<byte[]> GetAsync(Uri address, TimeSpan most, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            using var answer = await http.GetAsync(address, either.Token);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsByteArrayAsync(either.Token)
                : throw new ExtensionInstallException($"curl: (22) The requested URL returned error: {(int)answer.StatusCode}", 22);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new ExtensionInstallException($"curl: (28) Operation timed out after {most.TotalMilliseconds:0} milliseconds with 0 bytes received", 28);
        }
        catch (HttpRequestException failure)
        {
            throw Failed(address, failure);
        }
    }

    private static ExtensionInstallException Failed(Uri address, HttpRequestException failure) => failure.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            new($"curl: (6) Could not resolve host: {address.Host}", 6),
        SocketException => new($"curl: (7) Failed to connect to {address.Host} port {address.Port}: Could not connect to server", 7),
        System.Security.Authentication.AuthenticationException trust => new($"curl: (60) SSL certificate problem: {trust.Message}", 60),
        _ => new($"curl: (56) Recv failure: {failure.Message}", 56),
    };
}
