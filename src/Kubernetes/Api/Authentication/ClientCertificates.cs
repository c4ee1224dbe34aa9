using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kubernetes.Api.Authentication;

/// <summary>
/// Client certificates under the cluster's authority: the common name is the user, organizations are its groups
/// (apiserver authentication/request/x509 CommonNameUserConversion).
/// </summary>
internal sealed class ClientCertificates(X509Certificate2 authority)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    // one certificate per connection, asked about with each of its requests
    private readonly ConditionalWeakTable<X509Certificate2, Verdict> known = [];

    /// <summary>Null: not signed by the authority, past its time, or not for clients.</summary>
    public UserInfo? Check(X509Certificate2 certificate) => known.GetValue(certificate, Verify).User;

    private Verdict Verify(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        if (!chain.Build(certificate))
        {
            return new Verdict(null);
        }
        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false).Where(part => !part.HasMultipleElements).ToList();
        var user = Values(names, CommonName).FirstOrDefault();
        return new Verdict(string.IsNullOrEmpty(user) ? null : new UserInfo(user, [.. Values(names, Organization), UserInfo.Authenticated])
        {
            Extra = new Dictionary<string, IReadOnlyList<string>>
            {
                ["authentication.kubernetes.io/credential-id"] = [$"X509SHA256={certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()}"],
            },
        });
    }

    private static IEnumerable<string> Values(IEnumerable<X500RelativeDistinguishedName> names, string type) =>
        names.Where(name => name.GetSingleElementType().Value == type).Select(name => name.GetSingleElementValue() ?? "");

    private sealed record Verdict(UserInfo? User);
}
