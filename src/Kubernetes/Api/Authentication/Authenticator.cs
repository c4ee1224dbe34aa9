using System.Security.Cryptography;
using System.Text;
using Kubernetes.Api.Errors;

namespace Kubernetes.Api.Authentication;

/// <summary>Bearer tokens to users: the administrator's random token, or a service account's.</summary>
internal sealed class Authenticator(string adminToken, ServiceAccountTokens tokens)
{
    private const string Scheme = "Bearer ";
    private readonly byte[] admin = Encoding.ASCII.GetBytes(adminToken);

    /// <exception cref="ApiException">401: no token, or none that this server accepts.</exception>
    public UserInfo Authenticate(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw StatusErrors.Unauthorized();
        }
        return Check(authorization[Scheme.Length..].Trim()) ?? throw StatusErrors.Unauthorized();
    }

    public UserInfo? Check(string token) =>
        CryptographicOperations.FixedTimeEquals(admin, Encoding.UTF8.GetBytes(token)) ? UserInfo.Admin : tokens.Check(token);
}
