using System.Text.Json.Nodes;
using ArgoCd.Json;
using Controllers.Runtime.Manifests;
using YamlDotNet.RepresentationModel;

namespace ArgoCd.Settings;

/// <summary>Kinds that are neither watched nor managed: <c>resource.exclusions</c> of argocd-cm.</summary>
internal sealed class ResourceExclusions(IReadOnlyList<(IReadOnlyList<string> Groups, IReadOnlyList<string> Kinds)> rules)
{
    /// <summary>The part of upstream's default that concerns kinds served everywhere.</summary>
    public static ResourceExclusions Default { get; } = new(
    [
        (["", "discovery.k8s.io"], ["Endpoints", "EndpointSlice"]),
        (["coordination.k8s.io"], ["Lease"]),
        (["authentication.k8s.io", "authorization.k8s.io"], ["*"]),
        (["certificates.k8s.io"], ["CertificateSigningRequest"]),
    ]);

    public static ResourceExclusions Parse(string? yaml)
    {
        if (string.IsNullOrWhiteSpace(yaml))
        {
            return Default;
        }

        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var document = stream.Documents.Count == 0 ? null : YamlToJson.Convert(stream.Documents[0].RootNode);
        return new ResourceExclusions([.. document.Objects().Select(rule => (rule.Texts("apiGroups"), rule.Texts("kinds")))]);
    }

    public bool IsExcluded(string group, string kind) => group == "events.k8s.io" || group == "metrics.k8s.io"
        || rules.Any(rule => Matches(rule.Groups, group) && Matches(rule.Kinds, kind));

    private static bool Matches(IReadOnlyList<string> patterns, string text) => patterns.Count == 0 || patterns.Contains("*") || patterns.Contains(text);
}
