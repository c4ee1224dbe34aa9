using System.Security.Cryptography.X509Certificates;
using k8s;

namespace Kubernetes.Api.Hosting;

/// <summary>What clients need to reach the server.</summary>
internal static class Kubeconfigs
{
    public static string Yaml(Uri address, X509Certificate2 authority, string token) => $"""
        apiVersion: v1
        kind: Config
        current-context: embedded
        clusters:
        - name: embedded
          cluster:
            server: {address.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(authority.ExportCertificatePem()))}
        users:
        - name: kubernetes-admin
          user:
            token: {token}
        contexts:
        - name: embedded
          context:
            cluster: embedded
            user: kubernetes-admin

        """;

    public static KubernetesClientConfiguration Configuration(Uri address, X509Certificate2 authority, string token) => new()
    {
        Host = address.GetLeftPart(UriPartial.Authority),
        AccessToken = token,
        SslCaCerts = [authority],
    };
}
