using System.Collections.Concurrent;
using System.Net;
using System.Text;
using k8s.Models;
using Kubernetes.Node.Environment;

namespace Kubernetes.Node.Volumes;

/// <summary>What the volumes of one pod hold that show objects of the API: files by their paths.</summary>
internal sealed class VolumeContents(V1Pod pod, IPodSources sources, TimeProvider time)
{
    // the kubelet renews a token when four fifths of its time are over (pkg/kubelet/token)
    private const double RenewalPart = 0.8;

    private readonly ConcurrentDictionary<(string Volume, string Path), (string Text, DateTimeOffset RenewAt)> _tokens = new();

    /// <summary>Whether the volume shows objects, and so changes with them.</summary>
    public static bool Shows(V1Volume volume) => volume is { ConfigMap: not null } or { Secret: not null } or { DownwardAPI: not null } or { Projected: not null };

    /// <summary>The objects that the volume shows.</summary>
    public IEnumerable<WatchedObject> Objects(V1Volume volume)
    {
        var @namespace = pod.Metadata.NamespaceProperty;
        IEnumerable<string?> maps = [volume.ConfigMap?.Name, .. (volume.Projected?.Sources ?? []).Select(source => source.ConfigMap?.Name)];
        IEnumerable<string?> secrets = [volume.Secret?.SecretName, .. (volume.Projected?.Sources ?? []).Select(source => source.Secret?.Name)];
        return maps.OfType<string>().Select(name => new WatchedObject(IsSecret: false, @namespace, name))
            .Concat(secrets.OfType<string>().Select(name => new WatchedObject(IsSecret: true, @namespace, name))).Distinct();
    }

    /// <summary>When the first token of the volume is to be renewed; null when it has none.</summary>
    public DateTimeOffset? RenewAt(V1Volume volume)
        => _tokens.Where(token => token.Key.Volume == volume.Name).Select(token => (DateTimeOffset?)token.Value.RenewAt).Min();

    /// <exception cref="ContainerConfigException">A source that is not optional is missing.</exception>
    public async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(V1Volume volume, CancellationToken cancel) => volume switch
    {
        { ConfigMap: { } map } => await ConfigMapAsync(map.Name, map.Items, map.Optional, cancel),
        { Secret: { } secret } => await SecretAsync(secret.SecretName, secret.Items, secret.Optional, cancel),
        { DownwardAPI: { } downward } => Fields(downward.Items),
        _ => await ProjectAsync(volume, cancel),
    };

    private async Task<Dictionary<string, byte[]>> ProjectAsync(V1Volume volume, CancellationToken cancel)
    {
        var files = new Dictionary<string, byte[]>();
        foreach (var source in volume.Projected?.Sources ?? [])
        {
            if (source.ConfigMap is { } map)
            {
                Add(await ConfigMapAsync(map.Name, map.Items, map.Optional, cancel));
            }

            if (source.Secret is { } secret)
            {
                Add(await SecretAsync(secret.Name, secret.Items, secret.Optional, cancel));
            }

            if (source.ServiceAccountToken is { } token)
            {
                files[token.Path] = Encoding.UTF8.GetBytes(await TokenAsync(volume.Name, token, cancel));
            }

            if (source.DownwardAPI is { } downward)
            {
                Add(Fields(downward.Items));
            }
        }

        return files;

        void Add(Dictionary<string, byte[]> more)
        {
            foreach (var (path, content) in more)
            {
                files[path] = content;
            }
        }
    }

    private async Task<string> TokenAsync(string volume, V1ServiceAccountTokenProjection projection, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_tokens.TryGetValue((volume, projection.Path), out var known) && known.RenewAt > now)
        {
            return known.Text;
        }

        var text = await sources.TokenAsync(pod, projection, cancel);
        _tokens[(volume, projection.Path)] = (text, now + TimeSpan.FromSeconds(RenewalPart * (projection.ExpirationSeconds ?? 3600)));
        return text;
    }

    // a volume may show what was fixed when the pod was made, not its address
    private Dictionary<string, byte[]> Fields(IList<V1DownwardAPIVolumeFile>? items)
        => (items ?? []).ToDictionary(item => item.Path, item => Encoding.UTF8.GetBytes(item.FieldRef is { } field
            ? FieldReference.Value(field.FieldPath, pod, IPAddress.None, "")
            : FieldReference.Value(item.ResourceFieldRef, pod.Spec.Containers.First(container => container.Name == item.ResourceFieldRef.ContainerName))));

    private async Task<Dictionary<string, byte[]>> ConfigMapAsync(string name, IList<V1KeyToPath>? items, bool? optional, CancellationToken cancel)
    {
        var found = await sources.ConfigMapAsync(pod.Metadata.NamespaceProperty, name, cancel);
        if (found is null && optional != true)
        {
            throw ContainerConfigException.NoConfigMap(pod.Metadata.NamespaceProperty, name);
        }

        var data = (found?.Data ?? new Dictionary<string, string>()).ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value));
        foreach (var (key, value) in found?.BinaryData ?? new Dictionary<string, byte[]>())
        {
            data[key] = value;
        }

        return Select(data, items, optional == true, "configmap references non-existent config key: ");
    }

    private async Task<Dictionary<string, byte[]>> SecretAsync(string name, IList<V1KeyToPath>? items, bool? optional, CancellationToken cancel)
    {
        var found = await sources.SecretAsync(pod.Metadata.NamespaceProperty, name, cancel);
        if (found is null && optional != true)
        {
            throw ContainerConfigException.NoSecret(pod.Metadata.NamespaceProperty, name);
        }

        return Select(found?.Data ?? new Dictionary<string, byte[]>(), items, optional == true, "secret references non-existent secret key: ");
    }

    /// <summary>The keys that are asked for, under their paths; of an optional source those that are there (<c>MakePayload</c> of upstream's volumes).</summary>
    private static Dictionary<string, byte[]> Select(IDictionary<string, byte[]> data, IList<V1KeyToPath>? items, bool optional, string missing)
    {
        if (items is null or { Count: 0 })
        {
            return new Dictionary<string, byte[]>(data);
        }

        return items.Where(item => !optional || data.ContainsKey(item.Key)).ToDictionary(
            item => item.Path,
            item => data.TryGetValue(item.Key, out var value) ? value : throw new ContainerConfigException(missing + item.Key));
    }
}
