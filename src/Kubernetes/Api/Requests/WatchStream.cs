using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests;

/// <summary>The body of a watch response.</summary>
internal sealed class WatchStream(ApiRequest request, TimeProvider time)
{
    private bool columnsSent;
    private readonly PipeWriter body = request.Http.Response.BodyWriter;

    public async Task BeginAsync(CancellationToken stop)
    {
        var response = request.Http.Response;
        response.StatusCode = 200;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-cache, private";
        await response.StartAsync(stop);
        await body.FlushAsync(stop);
    }

    public void Write(string type, byte[] stored)
    {
        if (request.View.Kind == ViewKind.Table)
        {
            // the first event names the columns for all
            Line(type, CanonicalJson.WritePlain(request.Table(time).One(stored, withColumns: !columnsSent)));
            columnsSent = true;
            return;
        }
        Line(type, ObjectView.Of(stored, request.Resource, request.View.Kind));
    }

    public void WriteBookmark(long revision, bool initialEventsEnd)
    {
        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString() };
        if (initialEventsEnd)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }
        if (request.View.Kind == ViewKind.Table)
        {
            Line("BOOKMARK", CanonicalJson.WritePlain(request.Table(time).Table([], metadata, withColumns: false)));
            return;
        }
        var partial = request.View.Kind == ViewKind.PartialMetadata;
        var bookmark = new JsonObject
        {
            ["kind"] = partial ? "PartialObjectMetadata" : request.Resource.Kind,
            ["apiVersion"] = partial ? "meta.k8s.io/v1" : request.Resource.ApiVersion,
            ["metadata"] = metadata,
        };
        Line("BOOKMARK", CanonicalJson.WritePlain(bookmark));
    }

    public async Task FlushAsync(CancellationToken stop) => await body.FlushAsync(stop);

    private void Line(string type, byte[] content)
    {
        body.Write("{\"type\":\""u8);
        body.Write(Encoding.ASCII.GetBytes(type));
        body.Write("\",\"object\":"u8);
        body.Write(content);
        body.Write("}\n"u8);
    }
}
