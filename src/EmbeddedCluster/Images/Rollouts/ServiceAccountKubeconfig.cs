using System.Text;
using k8s;

namespace EmbeddedCluster.Images.Rollouts;

/// <summary>A pod's access to the API as a kubeconfig, for programs that are told of clusters by file.</summary>
internal static class ServiceAccountKubeconfig
{
    public static string Yaml(KubernetesClientConfiguration access, string @namespace)
    {
        var authorities = string.Concat((access.SslCaCerts ?? []).Select(certificate => certificate.ExportCertificatePem() + "\n"));
        return $"""
            apiVersion: v1
            kind: Config
            current-context: pod
            clusters:
            - name: cluster
              cluster:
                server: {access.Host}
                certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authorities))}
            users:
            - name: service-account
              user:
                token: {access.AccessToken}
            contexts:
            - name: pod
              context:
                cluster: cluster
                user: service-account
                namespace: {@namespace}

            """;
    }
}
