using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kubernetes.Api.Hosting;

/// <summary>Certificates that clients authenticate with, signed by the cluster's authority.</summary>
internal static class ClientCertificate
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);

    /// <param name="authority">With its private key.</param>
    /// <param name="user">The common name.</param>
    /// <param name="groups">An organization each.</param>
    public static X509Certificate2 Create(X509Certificate2 authority, string user, IEnumerable<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(user);
        foreach (var group in groups.Reverse())
        {
            subject.AddOrganizationName(group); // the builder writes what was added last first
        }
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(authority, now.AddHours(-1), now + Validity, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }
}
