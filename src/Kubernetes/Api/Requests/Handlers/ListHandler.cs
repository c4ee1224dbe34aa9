using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>Lists: a snapshot at one revision, whole or in chunks.</summary>
internal sealed class ListHandler(ApiContext api)
{
    public Task ListAsync(ApiRequest request)
    {
        var options = ListOptions.Parse(request, watch: false);
        var page = Read(request, options);
        var metadata = new JsonObject { ["resourceVersion"] = page.Revision.ToString() };
        if (page.Continue is not null)
        {
            metadata["continue"] = page.Continue;
            if (page.Remaining is { } remaining)
            {
                metadata["remainingItemCount"] = remaining;
            }
        }
        if (request.View.Kind == ViewKind.Table)
        {
            return Answer.ObjectAsync(request, 200, request.Table(api.Time).Table(page.Items.Select(item => item.Value), metadata));
        }
        var (kind, apiVersion) = request.View.Kind == ViewKind.PartialMetadata
            ? ("PartialObjectMetadataList", "meta.k8s.io/v1")
            : (request.Resource.ListKind, request.Resource.ApiVersion);
        var body = new ArrayBufferWriter<byte>(4096);
        body.Write(Encoding.UTF8.GetBytes($"{{\"kind\":{JsonSerializer.Serialize(kind)},\"apiVersion\":{JsonSerializer.Serialize(apiVersion)},\"metadata\":{metadata.ToJsonString()},\"items\":["));
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0)
            {
                body.Write(","u8);
            }
            body.Write(ObjectView.Of(page.Items[i].Value, request.Resource, request.View.Kind));
        }
        body.Write("]}"u8);
        return Answer.ObjectAsync(request, 200, body.WrittenMemory);
    }

    /// <summary>The objects of one page and the way to the next.</summary>
    public ListPage Read(ApiRequest request, ListOptions options)
    {
        var token = string.IsNullOrEmpty(options.Continue) ? null : ContinueToken.Decode(options.Continue);
        var snapshot = Snapshot(request, options, token);
        ObjectKey? after = token?.After(request.Resource.StorageResource);
        var matching = snapshot.Objects(options.Filter.Namespace, after).Where(options.Filter.Matches);
        if (options.Limit == 0)
        {
            return new ListPage(snapshot.Revision, [.. matching], null, null);
        }
        var items = matching.Take(options.Limit + 1).ToList();
        if (items.Count <= options.Limit)
        {
            return new ListPage(snapshot.Revision, items, null, null);
        }
        items.RemoveAt(options.Limit);
        var last = items[^1].Key;
        long? remaining = options.Filter.HasSelector ? null : snapshot.Objects(options.Filter.Namespace, last).LongCount();
        return new ListPage(snapshot.Revision, items, new ContinueToken(snapshot.Revision, last.Namespace, last.Name).Encode(), remaining);
    }

    private Snapshot Snapshot(ApiRequest request, ListOptions options, ContinueToken? token)
    {
        var resource = request.Resource.StorageResource;
        try
        {
            if (token is not null)
            {
                return token.Revision < 0 ? api.Store.List(resource) : api.Store.List(resource, token.Revision);
            }
            var current = api.Store.Revision;
            if (options.Revision > current)
            {
                throw StatusErrors.VersionTooLarge(options.Revision, current);
            }
            return options.Match == "Exact" ? api.Store.List(resource, options.Revision) : api.Store.List(resource);
        }
        catch (RevisionCompactedException) when (token is not null)
        {
            throw StatusErrors.Expired(
                "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
                (token with { Revision = -1 }).Encode());
        }
        catch (RevisionCompactedException)
        {
            throw StatusErrors.Expired("The resourceVersion for the provided list is too old.");
        }
    }
}

/// <summary>Remaining: how many objects follow, unknown with a selector.</summary>
internal sealed record ListPage(long Revision, IReadOnlyList<StoredObject> Items, string? Continue, long? Remaining);
