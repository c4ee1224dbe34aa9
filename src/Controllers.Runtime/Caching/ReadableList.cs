using System.Text.Json;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Controllers.Runtime.Caching;

/// <summary>Lists what can be read as T; one object that cannot must not hide the others.</summary>
internal static class ReadableList
{
    public static async Task<ResourceList<T>> ReadAsync<T>(
        ApiClient client, Resource<T> resource, string? @namespace, ListOptions? options, ILogger logger, CancellationToken cancel)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            return await client.ListAsync(resource, @namespace, options, cancel);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            var untyped = new Resource<Unstructured>(resource.Group, resource.Version, resource.Plural, resource.Kind, resource.Namespaced);
            var list = await client.ListAsync(untyped, @namespace, options, cancel);
            return new ResourceList<T>(list.ResourceVersion, [.. list.Items.Select(item => Read(item, resource, logger)).OfType<T>()]);
        }
    }

    /// <summary>Whether JSON was read, and was not what the type has there.</summary>
    public static bool IsUnreadable(Exception exception) => exception is JsonException or FormatException or NotSupportedException;

    private static T? Read<T>(Unstructured item, Resource<T> resource, ILogger logger)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            return ObjectJson.Read<T>(item.Json);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            logger.LogWarning("{Resource} {Name} cannot be read and is left out: {Reason}", resource.GroupResource, NamespacedName.Of(item), exception.Message);
            return null;
        }
    }
}
