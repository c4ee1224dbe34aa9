using System.Security.Cryptography.X509Certificates;
using k8s;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>
/// The files that a pod finds under <c>/var/run/secrets/kubernetes.io/serviceaccount</c>, in a folder of its own: a local program has no root
/// file system to mount them into.
/// </summary>
/// <param name="ApiServer">Address of the Kubernetes API.</param>
/// <param name="Folder">Where <c>token</c>, <c>ca.crt</c> and <c>namespace</c> are.</param>
/// <param name="Namespace">The pod's.</param>
internal sealed record ServiceAccountFiles(string ApiServer, string Folder, string Namespace)
{
    /// <summary>Where pods expect them.</summary>
    public const string InPod = "/var/run/secrets/kubernetes.io/serviceaccount";

    public string Token => Path.Combine(Folder, "token");

    public string Authority => Path.Combine(Folder, "ca.crt");

    /// <summary>Writes the files, readable for this user alone.</summary>
    public static async Task<ServiceAccountFiles> WriteAsync(
        KubernetesClientConfiguration configuration, string @namespace, string folder, CancellationToken cancel)
    {
        var files = new ServiceAccountFiles(configuration.Host, folder, @namespace);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await File.WriteAllTextAsync(files.Token, configuration.AccessToken, cancel);
        await File.WriteAllTextAsync(files.Authority, Pem(configuration.SslCaCerts), cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "namespace"), @namespace, cancel);
        return files;
    }

    private static string Pem(X509Certificate2Collection? authorities)
        => string.Concat((authorities ?? []).Select(authority => authority.ExportCertificatePem() + "\n"));
}
