using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api.Mutations;

/// <summary>Breaks requests in one or a few places; the same seed breaks the same places.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] Fragments =
    [
        "null", "-1", "0", "1e400", "1.5", "9223372036854775808", "99999999999999999999", "true", "\"\"", "{}", "[]", "\"\\u0000\"", "\"\\ud800\"", "\"..\"", "\"$patch\"",
        "{\"$patch\":\"replace\"}", "[null]", "{\"\":{}}", "\"a/b\"", "\"%2e%2e\"", "[[[[[[]]]]]]", "\"2026-13-45T99:00:00Z\"", "\"\\\\\"", "\"*\"", "2147483648", "\"ＵＮＩ\"",
    ];

    private static readonly string[] PathTricks =
        ["..", "%2e%2e", "%2F", "%00", "//", "%", "%zz", "a%0Ab", ".", "~", "%C0%AE", "status", "scale", "log", "exec", "namespaces", "%E2%98%83", "*", "?", "&", "#", "proxy"];

    private static readonly string[] QueryTricks =
        ["limit=-1", "limit=x", "limit=99999999999999999999", "continue=%00", "continue=e30", "resourceVersion=-1", "resourceVersion=99999999999", "resourceVersion=x", "watch=1", "watch=maybe&timeoutSeconds=1",
         "timeoutSeconds=-5", "timeoutSeconds=9223372036854775807&watch=1", "labelSelector=((", "labelSelector=a%3D%3D%3Db", "labelSelector=a%20in%20(", "fieldSelector=spec.x%3D1", "fieldSelector=%3D", "dryRun=Some", "dryRun=All",
         "fieldManager=%0A", "fieldValidation=Maybe", "force=perhaps", "propagationPolicy=Never", "gracePeriodSeconds=x", "resourceVersionMatch=Exact", "sendInitialEvents=true", "pretty=true", "a=b=c&&&=", "includeObject=None"];

    private static readonly string[] Types =
        ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf", "application/merge-patch+json", "application/json-patch+json", "application/strategic-merge-patch+json",
         "application/apply-patch+yaml", "text/plain", "application/json; charset=latin1", ";", "application", ""];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"];

    private readonly Random random = new(seed);

    public SentRequest Next(IReadOnlyList<SentRequest> valid)
    {
        var request = valid[random.Next(valid.Count)];
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            request = Once(request);
        }
        return request;
    }

    private SentRequest Once(SentRequest request) => random.Next(10) switch
    {
        0 => request with { Path = MutatePath(request.Path) },
        1 => request with { Path = request.Path + (request.Path.Contains('?') ? "&" : "?") + Pick(QueryTricks) },
        2 => request with { ContentType = Pick(Types) },
        3 when random.Next(3) == 0 => request with { Method = Pick(Methods) },
        < 7 when request.Body.Length > 0 => request with { Body = MutateBytes(request.Body) },
        _ when request.Body.Length > 0 => request with { Body = MutateTree(request.Body) },
        _ => request with { Path = MutatePath(request.Path) },
    };

    private string MutatePath(string path)
    {
        var segments = path.Split('/');
        var at = random.Next(1, segments.Length);
        segments[at] = random.Next(4) switch
        {
            0 => Pick(PathTricks),
            1 => segments[at] + Pick(PathTricks),
            2 => new string('a', random.Next(1, 400)),
            _ => segments[at].Length == 0 ? "x" : segments[at].Remove(random.Next(segments[at].Length), 1),
        };
        return string.Join('/', segments).Replace("#", "%23", StringComparison.Ordinal);
    }

    private byte[] MutateBytes(byte[] body)
    {
        var bytes = body.ToList();
        var at = random.Next(bytes.Count);
        var length = random.Next(1, Math.Min(20, bytes.Count - at) + 1);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pick(Fragments)));
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
        return [.. bytes];
    }

    /// <summary>One value of the JSON becomes another; what an earlier mutation left without readable JSON loses bytes.</summary>
    private byte[] MutateTree(byte[] body)
    {
        try
        {
            var root = JsonNode.Parse(body);
            List<(JsonNode Parent, object Key)> members = [.. Members(root)];
            return members.Count == 0 ? MutateBytes(body) : Replace(root!, members[random.Next(members.Count)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return MutateBytes(body);
        }
    }

    private byte[] Replace(JsonNode root, (JsonNode Parent, object Key) member)
    {
        const string mark = "@here@";
        var fragment = random.Next(6) == 0 ? $"\"{new string('x', random.Next(1, 3000))}\"" : Pick(Fragments);
        if (member.Parent is JsonObject map)
        {
            map[(string)member.Key] = mark;
        }
        else
        {
            ((JsonArray)member.Parent)[(int)member.Key] = mark;
        }
        return Encoding.UTF8.GetBytes(root.ToJsonString().Replace($"\"{mark}\"", fragment, StringComparison.Ordinal));
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Members(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => Members(member.Value).Prepend((map, (object)member.Key))),
        JsonArray list => list.SelectMany((item, index) => Members(item).Prepend((list, (object)index))),
        _ => [],
    };

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];
}
