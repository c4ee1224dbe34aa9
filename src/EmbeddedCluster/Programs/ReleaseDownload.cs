using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace EmbeddedCluster.Programs;

/// <summary>
/// Fetches a pinned release and takes the program out of it, once its checksum is the published one. A machine without a way to the
/// internet falls through within seconds.
/// </summary>
internal sealed class ReleaseDownload(TimeProvider time, IProgress<string>? progress = null)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(15);
    private const int ReportEveryBytes = 16 << 20;

    /// <exception cref="ProgramSourceException">Not reachable, not as published, or without the program.</exception>
    public Task FetchAsync(ReleaseArchive archive, string target, CancellationToken cancel)
        => AtomicFile.PlaceExecutableAsync(target, async folder =>
        {
            var file = Path.Combine(folder, "archive.tar.gz");
            var sha256 = await DownloadAsync(archive.Address, file, cancel);
            return string.Equals(sha256, archive.Sha256, StringComparison.OrdinalIgnoreCase)
                ? await UnpackAsync(file, archive, folder, cancel)
                : throw new ProgramSourceException(
                    $"{archive.Address} has SHA-256 {sha256}, but {archive.Sha256} was published with it; it was not used",
                    "see whether a proxy changes downloads, or fetch it by hand and check it");
        });

    private async Task<string> DownloadAsync(Uri address, string file, CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout }) { Timeout = Timeout.InfiniteTimeSpan };
        using var silence = new CancellationTokenSource(SilenceTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancel);
        try
        {
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            answer.EnsureSuccessStatusCode();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var content = await answer.Content.ReadAsStreamAsync(either.Token);
            await using var output = File.Create(file);
            var buffer = new byte[128 << 10];
            long received = 0;
            for (int length; (length = await content.ReadAsync(buffer, either.Token)) > 0;)
            {
                silence.CancelAfter(SilenceTimeout);
                hash.AppendData(buffer, 0, length);
                await output.WriteAsync(buffer.AsMemory(0, length), either.Token);
                received += length;
                Report(address, received - length, received, answer.Content.Headers.ContentLength);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception cause) when (!cancel.IsCancellationRequested && cause is HttpRequestException or OperationCanceledException or HttpIOException)
        {
            var reason = silence.IsCancellationRequested ? $"no answer for {SilenceTimeout.TotalSeconds} s" : cause.Message;
            throw new ProgramSourceException(
                $"{address} cannot be fetched: {reason}", "give this machine access to it (HTTPS_PROXY is honoured), or install the program", cause);
        }
    }

    private void Report(Uri address, long before, long now, long? total)
    {
        if (now / ReportEveryBytes > before / ReportEveryBytes)
        {
            progress?.Report($"fetching {address.Segments[^1]}: {now >> 20}{(total is { } all ? $" of {all >> 20}" : "")} MB");
        }
    }

    private static async Task<string> UnpackAsync(string file, ReleaseArchive archive, string folder, CancellationToken cancel)
    {
        await using var content = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        await using var entries = new TarReader(content);
        while (await entries.GetNextEntryAsync(cancellationToken: cancel) is { } entry)
        {
            if (entry.Name == archive.Entry && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                var program = Path.Combine(folder, Path.GetFileName(archive.Entry));
                await entry.ExtractToFileAsync(program, overwrite: true, cancel);
                return program;
            }
        }

        throw new ProgramSourceException($"{archive.Address} does not hold {archive.Entry}", "pin the path as it stands in the release");
    }
}
