using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>
/// The Kubernetes API for any resource type: client-go's dynamic client, on the official client's connection,
/// credentials and models. Failures are <see cref="ApiException"/>. Typed objects come without their managedFields; <see cref="Unstructured.Json"/> is whole.
/// </summary>
public sealed class ApiClient : IDisposable
{
    private readonly k8s.Kubernetes _kubernetes;
    private readonly string _fieldManager;

    /// <param name="configuration">Server, trust and credentials.</param>
    /// <param name="fieldManager">Name under which writes are recorded in managedFields, and the User-Agent.</param>
    /// <param name="handlers">What every request passes through, e.g. to count it.</param>
    public ApiClient(KubernetesClientConfiguration configuration, string fieldManager, params DelegatingHandler[] handlers)
    {
        _fieldManager = fieldManager;
        _kubernetes = new k8s.Kubernetes(configuration, handlers);
        _kubernetes.HttpClient.Timeout = Timeout.InfiniteTimeSpan;
        _kubernetes.HttpClient.DefaultRequestHeaders.UserAgent.Clear();
        _kubernetes.HttpClient.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(fieldManager, "1.0"));
    }

    /// <summary>The official client, for calls that have no counterpart here.</summary>
    public IKubernetes Official => _kubernetes;

    public Task<T> GetAsync<T>(Resource<T> resource, string? @namespace, string name, CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
        => SendAsync<T>(HttpMethod.Get, resource.Path(@namespace, name), body: null, cancel);

    /// <summary>Like <see cref="GetAsync"/>, but null when there is no such object.</summary>
    public async Task<T?> FindAsync<T>(Resource<T> resource, string? @namespace, string name, CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            return await GetAsync(resource, @namespace, name, cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <param name="resource">What to list.</param>
    /// <param name="namespace">Null or empty: every namespace.</param>
    /// <param name="options">Selectors and version.</param>
    /// <param name="cancel">Ends the request.</param>
    public async Task<ResourceList<T>> ListAsync<T>(
        Resource<T> resource, string? @namespace = null, ListOptions? options = null, CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var list = await SendAsync<ObjectList<T>>(HttpMethod.Get, resource.Path(@namespace) + Query(options), body: null, cancel);
        foreach (var item in list.Items)
        {
            item.ApiVersion = resource.ApiVersion; // items of a built-in list carry neither
            item.Kind = resource.Kind;
        }

        return new ResourceList<T>(list.Metadata.ResourceVersion, list.Items);
    }

    /// <summary>
    /// Events from <see cref="ListOptions.ResourceVersion"/> on, bookmarks included, until the server ends the stream or <paramref name="cancel"/>.
    /// An error event is thrown as <see cref="ApiException"/>.
    /// </summary>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        Resource<T> resource, string? @namespace = null, ListOptions? options = null, [EnumeratorCancellation] CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var path = resource.Path(@namespace) + Query(options, "watch=1", "allowWatchBookmarks=true");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_kubernetes.BaseUri, path)) { Version = System.Net.HttpVersion.Version20 };
        using var response = await SendRawAsync(request, cancel);
        await foreach (var line in WatchLine.SplitAsync(await response.Content.ReadAsStreamAsync(cancel), cancel))
        {
            yield return WatchLine.Read<T>(line, $"WATCH /{path}");
        }
    }

    public Task<T> CreateAsync<T>(Resource<T> resource, T @object, CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
        => SendAsync<T>(HttpMethod.Post, $"{resource.Path(@object.Metadata.NamespaceProperty)}?fieldManager={_fieldManager}", Body(resource, @object), cancel);

    /// <summary>Replaces the object (PUT), or its <paramref name="subresource"/>, e.g. <c>status</c>.</summary>
    public Task<T> UpdateAsync<T>(Resource<T> resource, T @object, string? subresource = null, CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
        => SendAsync<T>(
            HttpMethod.Put,
            $"{resource.Path(@object.Metadata.NamespaceProperty, @object.Metadata.Name, subresource)}?fieldManager={_fieldManager}",
            Body(resource, @object),
            cancel);

    public Task<T> PatchAsync<T>(
        Resource<T> resource, string? @namespace, string name, Patch patch, string? subresource = null, CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var query = $"?fieldManager={Uri.EscapeDataString(patch.FieldManager ?? _fieldManager)}{(patch.Force ? "&force=true" : "")}";
        var body = new StringContent(patch.Body.ToJsonString(), Encoding.UTF8, patch.ContentType);
        return SendAsync<T>(HttpMethod.Patch, resource.Path(@namespace, name, subresource) + query, body, cancel);
    }

    /// <summary>Asks for deletion; an object that is already gone is not an error.</summary>
    public async Task DeleteAsync<T>(
        Resource<T> resource, string? @namespace, string name, V1DeleteOptions? options = null, CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            var body = options is null ? null : Json(KubernetesJson.Serialize(options));
            await SendAsync(HttpMethod.Delete, resource.Path(@namespace, name), body, cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // what was asked for is so
        }
    }

    /// <summary>Any request, its answer as text: discovery, subresources of other types, reviews.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path and query below the server's root, without a leading slash.</param>
    /// <param name="body">JSON text, or null.</param>
    /// <param name="cancel">Ends the request.</param>
    public Task<string> SendAsync(HttpMethod method, string path, string? body, CancellationToken cancel = default)
        => SendAsync(method, path, body is null ? null : Json(body), cancel);

    /// <summary>Whether the server has this version of a resource: one request.</summary>
    public async Task<bool> ServesAsync<T>(Resource<T> resource, CancellationToken cancel = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            var list = await SendAsync<V1APIResourceList>(HttpMethod.Get, resource.Group.Length == 0 ? $"api/{resource.Version}" : $"apis/{resource.ApiVersion}", body: null, cancel);
            return list.Resources?.Any(served => served.Name == resource.Plural) == true;
        }
        catch (ApiException missing) when (missing.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>The discovery document at <c>api</c> or <c>apis</c>: aggregated, or from a server before 1.30 the list of versions or groups.</summary>
    internal Task<string> DiscoverAsync(string root, CancellationToken cancel)
        => SendAsync(HttpMethod.Get, root, body: null, cancel, "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;q=0.9");

    public void Dispose() => _kubernetes.Dispose();

    private async Task<TAnswer> SendAsync<TAnswer>(HttpMethod method, string path, HttpContent? body, CancellationToken cancel)
        => ObjectJson.Read<TAnswer>(await SendForBytesAsync(method, path, body, cancel));

    private async Task<string> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancel, string accept = "application/json")
        => Encoding.UTF8.GetString(await SendForBytesAsync(method, path, body, cancel, accept));

    private async Task<byte[]> SendForBytesAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancel, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(_kubernetes.BaseUri, path)) { Version = System.Net.HttpVersion.Version20, Content = body };
        request.Headers.Accept.ParseAdd(accept);
        using var response = await SendRawAsync(request, cancel);
        return await response.Content.ReadAsByteArrayAsync(cancel);
    }

    private async Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (_kubernetes.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancel);
        }

        var response = await _kubernetes.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw ApiException.From(
                response.StatusCode, await response.Content.ReadAsStringAsync(cancel), $"{request.Method} {request.RequestUri!.AbsolutePath}");
        }
    }

    private static HttpContent Body<T>(Resource<T> resource, T @object)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        @object.ApiVersion = resource.ApiVersion;
        @object.Kind = resource.Kind;
        return Json(KubernetesJson.Serialize(@object));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string Query(ListOptions? options, params string[] more)
    {
        var parts = new List<string>(more);
        Add("labelSelector", options?.LabelSelector);
        Add("fieldSelector", options?.FieldSelector);
        Add("resourceVersion", options?.ResourceVersion);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }
}
