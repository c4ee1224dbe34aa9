using System.Collections.Concurrent;

namespace Kubernetes.Node.Images;

/// <summary>Images already on the node: pulled once, used many times.</summary>
internal sealed class PulledImages
{
    private readonly ConcurrentDictionary<string, bool> _images = new();

    /// <returns>Whether the image was new to the node.</returns>
    public bool Add(ImageReference image) => _images.TryAdd(image.ToString(), true);
}
