using EmbeddedCluster.Images.Prometheus.PromQl;
using YamlDotNet.RepresentationModel;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>
/// The configuration of a pod's ConfigMap as the local program needs it. The ConfigMap is written for a pod: intervals in the cluster's time,
/// Kubernetes' discovery without an address because it is in the cluster.
/// </summary>
internal static class PrometheusConfiguration
{
    /// <summary>Faster scraping costs more than it tells.</summary>
    private static readonly TimeSpan ShortestScrape = TimeSpan.FromMilliseconds(100);

    // prometheus.io, Configuration: the defaults of <global>
    private const string DefaultInterval = "1m";

    /// <summary>The configuration in real time, with the API's address and the service account's files.</summary>
    /// <param name="text">The ConfigMap's.</param>
    /// <param name="account">The pod's service account.</param>
    /// <param name="scale">The cluster's clock.</param>
    /// <param name="podsFile">A file of targets that takes the place of Kubernetes' discovery of pods, for a build without it; otherwise null.</param>
    /// <exception cref="InvalidDataException">The text is no YAML mapping, or asks a build without it for more than pods.</exception>
    public static string For(string text, ServiceAccountFiles account, TimeScale scale, string? podsFile = null)
    {
        var root = Read(text);
        var global = Child(root, "global");
        SetInterval(global, "scrape_interval", ShortestScrape, scale, DefaultInterval);
        SetInterval(global, "evaluation_interval", TimeSpan.FromMilliseconds(1), scale, DefaultInterval);
        LimitTimeout(global, global);
        foreach (var job in Items(root, "scrape_configs"))
        {
            SetInterval(job, "scrape_interval", ShortestScrape, scale);
            LimitTimeout(job, global);
            if (podsFile is not null)
            {
                DiscoverFromFile(job, podsFile);
            }

            foreach (var discovery in Items(job, "kubernetes_sd_configs"))
            {
                JoinCluster(discovery, account);
            }
        }

        UseFiles(root, account);
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static YamlMappingNode Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlDotNet.Core.YamlException cause)
        {
            throw new InvalidDataException($"Prometheus' configuration is not YAML: {cause.Message}", cause);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? root
            : throw new InvalidDataException("Prometheus' configuration must be one YAML mapping");
    }

    private static void SetInterval(YamlMappingNode node, string key, TimeSpan shortest, TimeScale scale, string? absent = null)
    {
        if (absent is not null && !node.Children.ContainsKey(key))
        {
            node.Children[key] = absent;
        }

        if (Duration(node, key) is { } interval)
        {
            var real = scale.ToReal(interval);
            node.Children[key] = PromQlDuration.Text(real > shortest || scale.IsReal ? real : shortest);
        }
    }

    /// <summary>A time-out is about the machine, which is no faster when the cluster's clock is; but Prometheus wants none longer than the interval.</summary>
    private static void LimitTimeout(YamlMappingNode node, YamlMappingNode global)
    {
        var interval = Duration(node, "scrape_interval") ?? Duration(global, "scrape_interval");
        if (Duration(node, "scrape_timeout") is { } timeout && timeout > interval)
        {
            node.Children["scrape_timeout"] = PromQlDuration.Text(interval.Value);
        }
    }

    /// <summary>What client-go's in-cluster configuration would find.</summary>
    private static void JoinCluster(YamlMappingNode discovery, ServiceAccountFiles account)
    {
        if (discovery.Children.ContainsKey("api_server") || discovery.Children.ContainsKey("kubeconfig_file"))
        {
            return;
        }

        discovery.Children["api_server"] = account.ApiServer;
        discovery.Children["authorization"] = new YamlMappingNode("credentials_file", account.Token);
        discovery.Children["tls_config"] = new YamlMappingNode("ca_file", account.Authority);

        // refused beside an address, and means the pod's own namespace
        if (discovery.Children.TryGetValue("namespaces", out var value) && value is YamlMappingNode namespaces
            && namespaces.Children.Remove("own_namespace", out var own) && own is YamlScalarNode { Value: "true" })
        {
            var names = namespaces.Children.TryGetValue("names", out var given) && given is YamlSequenceNode listed ? listed : new YamlSequenceNode();
            names.Add(account.Namespace);
            namespaces.Children["names"] = names;
        }
    }

    /// <summary>Every pod of the cluster is in the file; what narrows the discovery down cannot be honoured.</summary>
    private static void DiscoverFromFile(YamlMappingNode job, string podsFile)
    {
        var others = Items(job, "kubernetes_sd_configs").Where(discovery => discovery.ToString() != new YamlMappingNode("role", "pod").ToString()).ToList();
        if (others.Count > 0)
        {
            throw new InvalidDataException(
                $"this build of Prometheus has no Kubernetes discovery, and only 'role: pod' is done for it, not {string.Join(", ", others)}: "
                + "use a release of the Prometheus project, or the program of Debian 13's package (set CONFORMANCE_PROMETHEUS)");
        }

        if (job.Children.Remove("kubernetes_sd_configs"))
        {
            job.Children["file_sd_configs"] = new YamlSequenceNode(new YamlMappingNode("files", new YamlSequenceNode(podsFile)));
        }
    }

    private static void UseFiles(YamlNode node, ServiceAccountFiles account)
    {
        foreach (var scalar in node.AllNodes.OfType<YamlScalarNode>())
        {
            if (scalar.Value?.StartsWith(ServiceAccountFiles.InPod + "/") == true)
            {
                scalar.Value = Path.Combine(account.Folder, scalar.Value[(ServiceAccountFiles.InPod.Length + 1)..]);
            }
        }
    }

    private static TimeSpan? Duration(YamlMappingNode node, string key)
        => node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { } text } ? PromQlDuration.Parse(text) : null;

    private static YamlMappingNode Child(YamlMappingNode node, string key)
    {
        if (!node.Children.TryGetValue(key, out var value) || value is not YamlMappingNode child)
        {
            node.Children[key] = child = new YamlMappingNode();
        }

        return child;
    }

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode node, string key)
        => node.Children.TryGetValue(key, out var value) && value is YamlSequenceNode items ? items.OfType<YamlMappingNode>() : [];
}
