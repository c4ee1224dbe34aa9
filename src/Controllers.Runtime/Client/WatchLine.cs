using System.Net;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>Reads one line of a watch: <c>{"type": ..., "object": ...}</c>.</summary>
internal static class WatchLine
{
    public static WatchEvent<T> Read<T>(string line, string request)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        using var document = JsonDocument.Parse(line);
        var type = document.RootElement.GetProperty("type").GetString();
        var @object = document.RootElement.GetProperty("object");
        if (type == "ERROR")
        {
            var status = KubernetesJson.Deserialize<V1Status>(@object);
            throw new ApiException((HttpStatusCode)(status.Code ?? 500), status, request);
        }

        var kind = type switch
        {
            "ADDED" => WatchEventKind.Added,
            "MODIFIED" => WatchEventKind.Modified,
            "DELETED" => WatchEventKind.Deleted,
            "BOOKMARK" => WatchEventKind.Bookmark,
            _ => throw new InvalidDataException($"{request}: unknown watch event type \"{type}\""),
        };
        return new WatchEvent<T>(kind, KubernetesJson.Deserialize<T>(@object));
    }
}
