using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Authentication;

/// <summary>
/// Service account tokens: JSON web tokens with the claims of upstream's, signed with a key that lives as long as the server
/// (HS256: nobody but this server checks them).
/// </summary>
internal sealed class ServiceAccountTokens(TimeProvider time)
{
    private const string Own = "kubernetes.io";
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Issue(TokenClaims claims, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        var about = new JsonObject
        {
            ["namespace"] = claims.Namespace,
            ["serviceaccount"] = new JsonObject { ["name"] = claims.Account, ["uid"] = claims.AccountUid },
        };
        if (claims.Bound is { } bound)
        {
            about[bound.Kind.ToLowerInvariant()] = new JsonObject { ["name"] = bound.Name, ["uid"] = bound.Uid };
        }
        var payload = new JsonObject
        {
            ["aud"] = new JsonArray([.. claims.Audiences.Select(audience => (JsonNode)audience)]),
            ["exp"] = now.Add(lifetime).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["iss"] = TokenClaims.DefaultAudience,
            ["jti"] = Guid.NewGuid().ToString(),
            [Own] = about,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["sub"] = $"system:serviceaccount:{claims.Namespace}:{claims.Account}",
        };
        var body = $"{Header}.{Encode(CanonicalJson.WritePlain(payload))}";
        return $"{body}.{Sign(body)}";
    }

    /// <summary>Null: not a token of this server, or past its time.</summary>
    public TokenClaims? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign($"{parts[0]}.{parts[1]}")), Encoding.UTF8.GetBytes(parts[2])))
        {
            return null;
        }
        var payload = Payload(parts[1]);
        if (payload.Number("exp") is not { } expires || expires < time.GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }
        var about = payload.Object(Own);
        return new TokenClaims(about.Text("namespace") ?? "", about.Text("serviceaccount", "name") ?? "")
        {
            AccountUid = about.Text("serviceaccount", "uid") ?? "",
            Audiences = [.. payload.Texts("aud")],
            Bound = Bound(about),
            Id = payload.Text("jti") ?? "",
        };
    }

    private static BoundObject? Bound(JsonObject? about) => ((string[])["Pod", "Secret", "Node"])
        .Where(kind => about.Object(kind.ToLowerInvariant()) is not null)
        .Select(kind => new BoundObject(kind, about.Text(kind.ToLowerInvariant(), "name") ?? "", about.Text(kind.ToLowerInvariant(), "uid") ?? ""))
        .FirstOrDefault();

    private static JsonNode? Payload(string part)
    {
        try
        {
            return JsonBody.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part)).Root;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private string Sign(string body) => Encode(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)));

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
