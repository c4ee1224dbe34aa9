using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Live;

/// <summary>Addresses under which an application's ingresses can be visited (<c>controller/cache/info.go</c>).</summary>
internal static class ExternalUrls
{
    public static IEnumerable<string> Of(Unstructured? @object)
    {
        if (@object is not { Kind: "Ingress" })
        {
            yield break;
        }

        var secured = @object.Json.Objects("spec", "tls").SelectMany(tls => tls.Texts("hosts")).ToHashSet();
        foreach (var rule in @object.Json.Objects("spec", "rules"))
        {
            if (rule.Text("host") is not { Length: > 0 } host)
            {
                continue;
            }

            foreach (var path in rule.Objects("http", "paths"))
            {
                var suffix = (path.Text("path") ?? "").TrimEnd('*');
                yield return $"{(secured.Contains(host) ? "https" : "http")}://{host}{suffix}";
            }
        }
    }
}
