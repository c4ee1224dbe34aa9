using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EmbeddedCluster.Programs.Registry;

/// <summary>
/// Takes a program out of a container image without a container engine: the registry's manifest for this machine's architecture, its layers from the top
/// down until one has the file. What was taken is kept in the user's cache, under the digest of all layers.
/// </summary>
public sealed class ImageProgram
{
    private readonly string _cache;
    private readonly IProgress<string>? _progress;

    /// <param name="progress">Told what is being fetched, a line at a time.</param>
    public ImageProgram(IProgress<string>? progress = null) : this(Path.Combine(Machine.Current().Cache, "images"), progress)
    {
    }

    internal ImageProgram(string cache, IProgress<string>? progress)
    {
        _cache = cache;
        _progress = progress;
    }

    /// <summary>The path of the program on this machine.</summary>
    /// <param name="image">E.g. <c>quay.io/argoproj/argo-rollouts:v1.9.1</c>.</param>
    /// <param name="path">Within the image, e.g. <c>bin/rollouts-controller</c>; <c>usr/bin</c> is looked at too, for images that have one for both.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ProgramMissingException">Not reachable, not there, not for this machine, or changed on its way; with the remedy.</exception>
    public async Task<string> FetchAsync(string image, string path, CancellationToken cancel)
    {
        try
        {
            var reference = RegistryReference.Parse(image);
            using var registry = new RegistryClient(reference);
            return await FetchAsync(registry, reference, path, cancel);
        }
        catch (ProgramSourceException failure)
        {
            throw new ProgramMissingException(Path.GetFileName(path), [new ProgramAttempt($"image {image}", failure.Message, failure.Remedy)]);
        }
    }

    private async Task<string> FetchAsync(RegistryClient registry, RegistryReference image, string path, CancellationToken cancel)
    {
        var manifest = await registry.ManifestAsync(image.Reference, cancel);
        if (manifest.TryGetProperty("manifests", out var platforms))
        {
            manifest = await registry.ManifestAsync(ForThisMachine(image, platforms), cancel);
        }

        var layers = manifest.GetProperty("layers").EnumerateArray().Select(layer => (Digest: layer.GetProperty("digest").GetString()!, Type: layer.GetProperty("mediaType").GetString()!)).ToList();
        var content = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', layers.Select(layer => layer.Digest)))));
        var target = Path.Combine(_cache, content, Path.GetFileName(path));
        if (File.Exists(target))
        {
            return target;
        }

        await AtomicFile.PlaceExecutableAsync(target, async folder =>
        {
            foreach (var layer in Enumerable.Reverse(layers))
            {
                _progress?.Report($"fetching layer {layer.Digest[..19]} of {image} …");
                if (await TakeAsync(registry, image, layer, path, folder, cancel) is { } taken)
                {
                    return taken;
                }
            }

            throw NotThere(image, path);
        });
        return target;
    }

    private static async Task<string?> TakeAsync(RegistryClient registry, RegistryReference image, (string Digest, string Type) layer, string path, string folder, CancellationToken cancel)
    {
        if (layer.Type.EndsWith("+zstd", StringComparison.Ordinal))
        {
            throw new ProgramSourceException($"{image}: layer {layer.Digest} is compressed with zstd, which is not read here", "name a program: --rollouts-program PATH");
        }

        var archive = Path.Combine(folder, "layer");
        await registry.LayerAsync(layer.Digest, archive, cancel);
        foreach (var candidate in new[] { path, $"usr/{path}" })
        {
            var target = Path.Combine(folder, "program");
            switch (await LayerFile.TakeAsync(archive, candidate, target, cancel))
            {
                case LayerAnswer.Taken:
                    return target;
                case LayerAnswer.Deleted when candidate == path:
                    throw NotThere(image, path);
            }
        }

        return null;
    }

    private static ProgramSourceException NotThere(RegistryReference image, string path) => new($"{image} has no /{path}", "name the image of the program's own release");

    private static string ForThisMachine(RegistryReference image, JsonElement platforms)
    {
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        foreach (var entry in platforms.EnumerateArray())
        {
            if (entry.TryGetProperty("platform", out var platform) && platform.GetProperty("os").GetString() == "linux" && platform.GetProperty("architecture").GetString() == architecture)
            {
                return entry.GetProperty("digest").GetString()!;
            }
        }

        throw new ProgramSourceException($"{image} is not built for linux/{architecture}", "name a program for this machine: --rollouts-program PATH");
    }
}
