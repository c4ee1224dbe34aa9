using System.Security.Cryptography;
using System.Text;
using Kubernetes.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Authentication;

/// <summary>Who sends a request: by client certificate, by the administrator's random token, or by a service account's.</summary>
internal sealed class Authenticator(string adminToken, ServiceAccountAuthenticator accounts, ClientCertificates certificates)
{
    private const string Scheme = "Bearer ";
    private static readonly string[] OwnAudience = [TokenClaims.DefaultAudience];
    private readonly byte[] admin = Encoding.ASCII.GetBytes(adminToken);

    /// <exception cref="ApiException">401: no credentials, or none that this server accepts.</exception>
    public UserInfo Authenticate(HttpContext http)
    {
        if (http.Connection.ClientCertificate is { } certificate && certificates.Check(certificate) is { } user)
        {
            return user;
        }
        var authorization = http.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw StatusErrors.Unauthorized();
        }
        return Check(authorization[Scheme.Length..].Trim(), OwnAudience)?.User ?? throw StatusErrors.Unauthorized();
    }

    /// <summary>Whose a token is, and for which of <paramref name="audiences"/> (empty: this server's own); null: nobody's.</summary>
    public (UserInfo User, IReadOnlyList<string> Audiences)? Check(string token, IReadOnlyList<string> audiences)
    {
        var asked = audiences.Count == 0 ? OwnAudience : audiences;
        if (!CryptographicOperations.FixedTimeEquals(admin, Encoding.UTF8.GetBytes(token)))
        {
            return accounts.Check(token, asked);
        }
        return asked.Contains(TokenClaims.DefaultAudience) ? (UserInfo.Admin, OwnAudience) : null;
    }
}
