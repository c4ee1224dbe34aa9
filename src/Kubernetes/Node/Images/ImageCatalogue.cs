using System.Collections.Concurrent;
using System.Collections.Immutable;
using Kubernetes.Node.Programs;

namespace Kubernetes.Node.Images;

/// <summary>
/// What the node's images are: the image reference decides which program a container runs. An image that is not in the
/// catalogue cannot be pulled. Images may be added while the node runs.
/// </summary>
public sealed class ImageCatalogue
{
    private readonly ConcurrentDictionary<string, ImmutableList<Entry>> _entries = new();

    /// <summary>Adds an image.</summary>
    /// <param name="repository">With or without registry, e.g. <c>quay.io/argoproj/argo-rollouts</c> or <c>alpine</c>.</param>
    /// <param name="program">What its containers run.</param>
    /// <param name="hasTag">Which tags exist; all when null.</param>
    public ImageCatalogue Add(string repository, IContainerProgram program, Func<string, bool>? hasTag = null)
    {
        var entry = new Entry(program, hasTag);
        _entries.AddOrUpdate(ImageReference.Qualified(repository), [entry], (_, entries) => entries.Add(entry));
        return this;
    }

    /// <summary>The program of an image, or null when there is no such image.</summary>
    public IContainerProgram? Find(ImageReference image)
        => _entries.TryGetValue(image.Repository, out var entries)
            ? entries.Find(entry => entry.HasTag is null || entry.HasTag(image.Tag))?.Program
            : null;

    /// <summary>Why an image that is not in the catalogue cannot be pulled, as containerd says it.</summary>
    public static string PullError(ImageReference image)
        => $"rpc error: code = NotFound desc = failed to pull and unpack image \"{image}\": failed to resolve reference \"{image}\": {image}: not found";

    private sealed record Entry(IContainerProgram Program, Func<string, bool>? HasTag);
}
