using System.Net;
using System.Text;
using k8s.Models;

namespace Kubernetes.Node.Environment;

/// <summary>A container's environment: <c>envFrom</c>, then <c>env</c> in order, later ones over earlier ones (<c>makeEnvironmentVariables</c>).</summary>
internal sealed class EnvironmentResolver(IPodSources sources, string hostIP)
{
    /// <exception cref="ContainerConfigException">A source that is not optional is missing.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ResolveAsync(V1Pod pod, V1Container container, IPAddress podIP, CancellationToken cancel)
    {
        var result = new Dictionary<string, string>();
        foreach (var source in container.EnvFrom ?? [])
        {
            await AddAllAsync(result, source, pod.Metadata.NamespaceProperty, cancel);
        }

        foreach (var variable in container.Env ?? [])
        {
            var value = variable.ValueFrom is { } from
                ? await ValueAsync(from, pod, container, podIP, cancel)
                : Expansion.Expand(variable.Value ?? "", result);
            if (value is not null)
            {
                result[variable.Name] = value;
            }
        }

        return result;
    }

    private async Task AddAllAsync(Dictionary<string, string> result, V1EnvFromSource source, string @namespace, CancellationToken cancel)
    {
        if (source.ConfigMapRef is { } map)
        {
            var found = await sources.ConfigMapAsync(@namespace, map.Name, cancel);
            if (found is null && map.Optional != true)
            {
                throw ContainerConfigException.NoConfigMap(@namespace, map.Name);
            }

            foreach (var (key, value) in found?.Data ?? new Dictionary<string, string>())
            {
                result[source.Prefix + key] = value;
            }
        }

        if (source.SecretRef is { } secret)
        {
            var found = await sources.SecretAsync(@namespace, secret.Name, cancel);
            if (found is null && secret.Optional != true)
            {
                throw ContainerConfigException.NoSecret(@namespace, secret.Name);
            }

            foreach (var (key, value) in found?.Data ?? new Dictionary<string, byte[]>())
            {
                result[source.Prefix + key] = Encoding.UTF8.GetString(value);
            }
        }
    }

    private async Task<string?> ValueAsync(V1EnvVarSource from, V1Pod pod, V1Container container, IPAddress podIP, CancellationToken cancel)
    {
        var @namespace = pod.Metadata.NamespaceProperty;
        if (from.FieldRef is { } field)
        {
            return FieldReference.Value(field.FieldPath, pod, podIP, hostIP);
        }

        if (from.ResourceFieldRef is { } resource)
        {
            var named = pod.Spec.Containers.FirstOrDefault(other => other.Name == resource.ContainerName) ?? container;
            return FieldReference.Value(resource, named);
        }

        if (from.ConfigMapKeyRef is { } map)
        {
            var found = await sources.ConfigMapAsync(@namespace, map.Name, cancel);
            return Key(found?.Data, map.Key, map.Optional, found is null ? ContainerConfigException.NoConfigMap(@namespace, map.Name) : null, $"ConfigMap {@namespace}/{map.Name}");
        }

        if (from.SecretKeyRef is { } secret)
        {
            var found = await sources.SecretAsync(@namespace, secret.Name, cancel);
            var bytes = Key(found?.Data, secret.Key, secret.Optional, found is null ? ContainerConfigException.NoSecret(@namespace, secret.Name) : null, $"Secret {@namespace}/{secret.Name}");
            return bytes is null ? null : Encoding.UTF8.GetString(bytes);
        }

        throw new ContainerConfigException("unsupported source of an environment variable: use fieldRef, resourceFieldRef, configMapKeyRef or secretKeyRef");
    }

    private static TValue? Key<TValue>(IDictionary<string, TValue>? data, string key, bool? optional, ContainerConfigException? notFound, string source)
        where TValue : class
    {
        if (data?.TryGetValue(key, out var value) == true)
        {
            return value;
        }

        return optional == true ? null : throw notFound ?? new ContainerConfigException($"couldn't find key {key} in {source}");
    }
}
