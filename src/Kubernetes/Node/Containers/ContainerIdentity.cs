using System.Security.Cryptography;
using System.Text;
using Kubernetes.Node.Images;

namespace Kubernetes.Node.Containers;

/// <summary>Ids in the form of a container runtime's, derived from what they identify.</summary>
internal static class ContainerIdentity
{
    public static string Container(string podUid, string name, int run) => $"containerd://{Hash($"{podUid}/{name}/{run}")}";

    public static string Image(ImageReference image) => $"{image.Repository}@sha256:{Hash(image.ToString())}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
