using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Server.Sessions;

/// <summary>Session tokens: JSON web tokens, HS256, signed with <c>server.secretkey</c> (<c>util/session</c>).</summary>
internal sealed class SessionTokens(byte[] key, TimeProvider time)
{
    private const string Issuer = "argocd";
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <summary>A token for a user, valid from now on for a while.</summary>
    public string Create(string username, TimeSpan duration)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = $"{username}:login",
            ["exp"] = (now + duration).ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
        var content = $"{Header}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{content}.{Encode(Sign(content))}";
    }

    /// <summary>Who a token was given to.</summary>
    /// <exception cref="GrpcException">Forged, malformed or expired.</exception>
    public string Verify(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            throw Invalid($"token is malformed: token contains an invalid number of segments");
        }

        JsonNode? claims;
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(parts[2]), Sign($"{parts[0]}.{parts[1]}")))
            {
                throw Invalid("token signature is invalid: signature is invalid");
            }

            claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]));
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw Invalid($"token is malformed: could not decode segment: {exception.Message}");
        }

        if (claims.Text("iss") != Issuer)
        {
            throw Invalid("token has invalid claims: token has invalid issuer");
        }

        return claims.Number("exp") is { } expiry && time.GetUtcNow().ToUnixTimeSeconds() < expiry
            ? (claims.Text("sub") ?? "").Split(':')[0]
            : throw Invalid("token has invalid claims: token is expired");
    }

    private static GrpcException Invalid(string reason) => new(GrpcCode.Unauthenticated, $"invalid session: {reason}");

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private byte[] Sign(string content) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content));
}
