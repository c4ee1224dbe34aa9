using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;
using Kubernetes.Api.Wire.Protobuf;

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
        response.ContentType = request.View.Protobuf ? $"{ProtobufBody.MediaType};stream=watch" : "application/json";
        response.Headers.CacheControl = "no-cache, private";
        await response.StartAsync(stop);
        await body.FlushAsync(stop);
    }

    public void Write(string type, byte[] stored)
    {
        if (request.View.Kind == ViewKind.Table)
        {
            // the first event names the columns for all
            Event(type, CanonicalJson.WritePlain(request.Table(time).One(stored, withColumns: !columnsSent)));
            columnsSent = true;
            return;
        }
        Event(type, ObjectView.Of(stored, request.Resource, request.View.Kind));
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
            Event("BOOKMARK", CanonicalJson.WritePlain(request.Table(time).Table([], metadata, withColumns: false)));
            return;
        }
        var partial = request.View.Kind == ViewKind.PartialMetadata;
        var bookmark = new JsonObject
        {
            ["kind"] = partial ? "PartialObjectMetadata" : request.Resource.Kind,
            ["apiVersion"] = partial ? "meta.k8s.io/v1" : request.Resource.ApiVersion,
            ["metadata"] = metadata,
        };
        Event("BOOKMARK", CanonicalJson.WritePlain(bookmark));
    }

    public async Task FlushAsync(CancellationToken stop) => await body.FlushAsync(stop);

    private void Event(string type, byte[] content)
    {
        if (request.View.Protobuf)
        {
            body.Write(ProtobufWatchEvent.Frame(type, content));
            return;
        }
        body.Write("{\"type\":\""u8);
        body.Write(Encoding.ASCII.GetBytes(type));
        body.Write("\",\"object\":"u8);
        body.Write(content);
        body.Write("}\n"u8);
    }
}
