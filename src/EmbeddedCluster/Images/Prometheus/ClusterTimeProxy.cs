using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>
/// Stands before a Prometheus that lives in real time and speaks for it in the cluster's: queries are translated on their way in, timestamps
/// on their way out. Everything else passes through. See docs/prometheus.md.
/// </summary>
internal sealed class ClusterTimeProxy : IAsyncDisposable
{
    /// <summary>Of these, answers carry moments.</summary>
    private static readonly string[] Queries = ["/api/v1/query", "/api/v1/query_range"];

    /// <summary>Of these, only parameters do.</summary>
    private static readonly string[] Lookups = ["/api/v1/series", "/api/v1/labels", "/api/v1/label/{name}/values"];

    private readonly Uri _upstream;
    private readonly TimeScale _scale;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private WebApplication? _server;

    private ClusterTimeProxy(Uri upstream, TimeScale scale)
    {
        _upstream = upstream;
        _scale = scale;
    }

    /// <summary>Listens at <paramref name="listen"/> for a Prometheus at <paramref name="upstream"/>, which need not answer yet: until then it is 502.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<ClusterTimeProxy> StartAsync(IPEndPoint listen, Uri upstream, TimeScale scale, CancellationToken cancel)
    {
        var proxy = new ClusterTimeProxy(upstream, scale);
        try
        {
            await proxy.ListenAsync(listen, cancel);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _http.Dispose();
    }

    private async Task ListenAsync(IPEndPoint listen, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(listen));
        builder.Services.AddHttpForwarder();
        _server = builder.Build();
        foreach (var path in Queries.Concat(Lookups))
        {
            _server.MapMethods(path, ["GET", "POST"], AnswerAsync);
        }

        var forwarder = _server.Services.GetRequiredService<IHttpForwarder>();
        _server.Map("/{**rest}", async context => await forwarder.SendAsync(context, _upstream.AbsoluteUri, _http));
        await _server.StartAsync(cancel);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var asked = await ParametersAsync(context.Request);
        try
        {
            using var answer = await AskAsync(context.Request, asked, context.RequestAborted);
            var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await context.Response.Body.WriteAsync(InClusterTime(context.Request, answer, body, asked), context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <summary>
    /// Asks in real time. A query that is refused is asked once more as it was written, so that the refusal speaks of the text that its
    /// author knows.
    /// </summary>
    private async Task<HttpResponseMessage> AskAsync(HttpRequest request, IReadOnlyList<KeyValuePair<string, string>> asked, CancellationToken cancel)
    {
        var real = ApiParameters.InRealTime(asked, _scale);
        var answer = await SendAsync(request, real, cancel);
        if (answer.StatusCode != HttpStatusCode.BadRequest)
        {
            return answer;
        }

        var written = real.Zip(asked, (translated, original) => original.Key == "query" ? original : translated);
        var again = await SendAsync(request, written, cancel);
        if (again.IsSuccessStatusCode)
        {
            again.Dispose();
            return answer;
        }

        answer.Dispose();
        return again;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequest request, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancel)
    {
        var post = HttpMethods.IsPost(request.Method);
        var target = new Uri(_upstream, request.Path + (post ? "" : QueryString.Create(parameters!).ToUriComponent()));
        using var message = new HttpRequestMessage(post ? HttpMethod.Post : HttpMethod.Get, target);
        message.Content = post ? new FormUrlEncodedContent(parameters) : null;
        return await _http.SendAsync(message, cancel);
    }

    private ReadOnlyMemory<byte> InClusterTime(
        HttpRequest request, HttpResponseMessage answer, byte[] body, IReadOnlyList<KeyValuePair<string, string>> asked)
        => answer.IsSuccessStatusCode && Queries.Contains(request.Path.Value) && JsonNode.Parse(body) is { } json
            ? System.Text.Encoding.UTF8.GetBytes(ApiAnswer.InClusterTime(json, _scale, ApiParameters.Moment(asked)).ToJsonString())
            : body;

    /// <summary>Of the body and the address, the body first, as Go's <c>FormValue</c> reads them.</summary>
    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> ParametersAsync(HttpRequest request)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty;
        return [.. form.Concat(request.Query).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")))];
    }
}
