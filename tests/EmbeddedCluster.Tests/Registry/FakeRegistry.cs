using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EmbeddedCluster.Tests.Registry;

/// <summary>A registry with one image of real layers, which wants a token of its own service.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _content = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private WebApplication _server = null!;

    /// <summary>E.g. <c>127.0.0.1:4711</c>.</summary>
    public string Host => new Uri(_server.Urls.Single()).Authority;

    public IReadOnlyCollection<string> Asked => _asked;

    public static async Task<FakeRegistry> StartAsync()
    {
        var registry = new FakeRegistry();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        registry._server = builder.Build();
        registry._server.MapGet("/token", (HttpRequest request) => Results.Json(new { token = $"for-{request.Query["scope"]}" }));
        registry._server.MapGet("/v2/{**path}", registry.Answer);
        await registry._server.StartAsync();
        return registry;
    }

    /// <summary>Puts an image under a tag: a list for several platforms, the manifest, its layers from the lowest up.</summary>
    public void Push(string repository, string tag, params byte[][] layers)
    {
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            layers = layers.Select(layer => new { mediaType = "application/vnd.oci.image.layer.v1.tar+gzip", digest = Put(repository, "blobs", layer), size = layer.Length }),
        });
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        var list = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            manifests = new object[]
            {
                new { digest = "sha256:other", platform = new { os = "linux", architecture = "s390x" } },
                new { digest = Put(repository, "manifests", manifest), platform = new { os = "linux", architecture } },
            },
        });
        _content[$"{repository}/manifests/{tag}"] = list;
    }

    /// <summary>Sends other bytes for a layer than its digest says.</summary>
    public void Damage()
    {
        foreach (var blob in _content.Keys.Where(key => key.Contains("/blobs/")))
        {
            _content[blob] = Layer(("bin/other", "other"));
        }
    }

    /// <summary>A layer as tar.gz; a text of null is an empty file, as whiteouts are.</summary>
    public static byte[] Layer(params (string Path, string? Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = text is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return bytes.ToArray();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string Put(string repository, string kind, byte[] content)
    {
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
        _content[$"{repository}/{kind}/{digest}"] = content;
        return digest;
    }

    private IResult Answer(HttpRequest request, HttpResponse response, string path)
    {
        _asked.Enqueue(path);
        var repository = path.Split("/manifests/")[0].Split("/blobs/")[0];
        if (request.Headers.Authorization != $"Bearer for-repository:{repository}:pull")
        {
            response.Headers.WWWAuthenticate = $"Bearer realm=\"{_server.Urls.Single()}/token\",service=\"fake\",scope=\"repository:{repository}:pull\"";
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        return _content.TryGetValue(path, out var content) ? Results.Bytes(content) : Results.NotFound();
    }
}
