using System.Net;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Kubernetes.Node.Environment;

/// <summary>Values of the downward API (<c>fieldRef</c>, <c>resourceFieldRef</c>).</summary>
internal static partial class FieldReference
{
    public static string Value(string path, V1Pod pod, IPAddress podIP, string hostIP)
    {
        if (Indexed().Match(path) is { Success: true } indexed)
        {
            var map = indexed.Groups["map"].Value == "labels" ? pod.Metadata.Labels : pod.Metadata.Annotations;
            return map?.TryGetValue(indexed.Groups["key"].Value, out var value) == true ? value : "";
        }

        return path switch
        {
            "metadata.name" => pod.Metadata.Name,
            "metadata.namespace" => pod.Metadata.NamespaceProperty,
            "metadata.uid" => pod.Metadata.Uid,
            "metadata.labels" => Lines(pod.Metadata.Labels),
            "metadata.annotations" => Lines(pod.Metadata.Annotations),
            "spec.nodeName" => pod.Spec.NodeName,
            "spec.serviceAccountName" => pod.Spec.ServiceAccountName ?? "default",
            "status.podIP" or "status.podIPs" => podIP.ToString(),
            "status.hostIP" or "status.hostIPs" => hostIP,
            _ => throw new ContainerConfigException($"unsupported pod field path: \"{path}\""),
        };
    }

    public static string Value(V1ResourceFieldSelector selector, V1Container container)
    {
        var parts = selector.Resource.Split('.', 2);
        var amounts = parts[0] == "limits" ? container.Resources?.Limits : container.Resources?.Requests;
        var amount = amounts?.TryGetValue(parts[^1], out var quantity) == true ? quantity.ToDecimal() : 0;
        var divisor = selector.Divisor?.ToDecimal() is > 0 and var given ? given : 1;
        return Math.Ceiling(amount / divisor).ToString("0");
    }

    private static string Lines(IDictionary<string, string>? map)
        => string.Join('\n', (map ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}=\"{pair.Value}\""));

    [GeneratedRegex(@"^metadata\.(?<map>labels|annotations)\['(?<key>[^']+)'\]$")]
    private static partial Regex Indexed();
}
