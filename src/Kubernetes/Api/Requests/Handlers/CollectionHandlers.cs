using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>DELETE on a collection: each match by the rules of its kind.</summary>
internal sealed class CollectionHandlers(ApiContext api)
{
    public async Task DeleteAsync(ApiRequest request)
    {
        var options = DeleteOptions.From(await BodyReader.OptionsAsync(request), request.Query);
        var list = ListOptions.Parse(request, watch: false);
        var deleted = new JsonArray();
        foreach (var stored in api.Store.List(request.Resource.StorageResource).Objects(list.Filter.Namespace).Where(list.Filter.Matches))
        {
            var write = request.Write(stored.Key.Name) with { Namespace = stored.Key.Namespace };
            try
            {
                var result = await api.Deletion.DeleteAsync(write, options, request.Aborted);
                deleted.Add(JsonBody.Parse(ObjectView.Of(result.Value, request.Resource, ViewKind.Object)).Root);
            }
            catch (ApiException e) when (e.Code == 404)
            {
                // gone meanwhile, which is what was asked
            }
        }
        await Answer.ObjectAsync(request, 200, new JsonObject
        {
            ["kind"] = request.Resource.ListKind,
            ["apiVersion"] = request.Resource.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = api.Store.Revision.ToString() },
            ["items"] = deleted,
        });
    }
}
