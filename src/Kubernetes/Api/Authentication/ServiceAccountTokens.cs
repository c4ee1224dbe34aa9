using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Authentication;

/// <summary>
/// Service account tokens: JSON web tokens with the claims of upstream's, signed with a key that lives as long as the server
/// (HS256: nobody but this server checks them).
/// </summary>
internal sealed class ServiceAccountTokens(TimeProvider time)
{
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Issue(string @namespace, string serviceAccount, string uid, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["aud"] = new JsonArray("https://kubernetes.default.svc"),
            ["exp"] = now.Add(lifetime).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["iss"] = "https://kubernetes.default.svc",
            ["kubernetes.io"] = new JsonObject
            {
                ["namespace"] = @namespace,
                ["serviceaccount"] = new JsonObject { ["name"] = serviceAccount, ["uid"] = uid },
            },
            ["sub"] = $"system:serviceaccount:{@namespace}:{serviceAccount}",
        };
        var body = $"{Header}.{Encode(CanonicalJson.WritePlain(claims))}";
        return $"{body}.{Sign(body)}";
    }

    /// <summary>Null: not a token of this server, or past its time.</summary>
    public UserInfo? Check(string token)
    {
        var end = token.LastIndexOf('.');
        if (end < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(token[..end])), Encoding.UTF8.GetBytes(token[(end + 1)..])))
        {
            return null;
        }
        var claims = JsonBody.Parse(Decode(token.Split('.')[1])).Root;
        if (claims.Number("exp") is not { } expires || expires < time.GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }
        var account = claims.At("kubernetes.io", "serviceaccount");
        return UserInfo.ServiceAccount(claims.Text("kubernetes.io", "namespace") ?? "", account.Text("name") ?? "", account.Text("uid") ?? "");
    }

    private string Sign(string body) => Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(body)));

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
