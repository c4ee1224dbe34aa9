using System.Net.Http.Headers;
using System.Text;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers.Web;

/// <summary>The request of a web metric.</summary>
internal static class WebRequests
{
    /// <exception cref="AnalysisException">Two bodies, a body where there can be none, or no URL.</exception>
    public static HttpRequestMessage Create(WebMetric web)
    {
        var method = string.IsNullOrEmpty(web.Method) ? HttpMethod.Get : new HttpMethod(web.Method);
        var body = Body(web, method);
        if (!Uri.TryCreate(web.Url, UriKind.RelativeOrAbsolute, out var uri))
        {
            throw new AnalysisException($"parse {GoQuote.Quote(web.Url)}: invalid URI for request");
        }
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("http" or "https"))
        {
            var scheme = uri.IsAbsoluteUri && !uri.IsFile ? uri.Scheme : "";
            throw new AnalysisException($"{method.Method[0]}{method.Method[1..].ToLowerInvariant()} {GoQuote.Quote(web.Url)}: unsupported protocol scheme {GoQuote.Quote(scheme)}");
        }
        var request = new HttpRequestMessage(method, uri);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }
        foreach (var header in web.Headers ?? [])
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                request.Content?.Headers.Remove(header.Key);
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
        if (web.JsonBody is not null)
        {
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        return request;
    }

    private static string? Body(WebMetric web, HttpMethod method)
    {
        var hasText = !string.IsNullOrEmpty(web.Body);
        if (hasText && web.JsonBody is not null)
        {
            throw new AnalysisException("use either Body or JSONBody; both cannot exists for WebMetric payload");
        }
        if ((hasText || web.JsonBody is not null) && method == HttpMethod.Get)
        {
            throw new AnalysisException("Body/JSONBody can only be used with POST or PUT WebMetric Method types");
        }
        return hasText ? web.Body : web.JsonBody?.ToJsonString();
    }
}
