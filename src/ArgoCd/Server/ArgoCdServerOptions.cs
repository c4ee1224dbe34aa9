using System.Net;
using k8s;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Server;

/// <summary>What the API server of Argo CD needs.</summary>
public sealed record ArgoCdServerOptions
{
    public required KubernetesClientConfiguration Configuration { get; init; }

    /// <summary>Argo CD's own namespace.</summary>
    public string Namespace { get; init; } = "argo-cd";

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>Where to listen, plain HTTP (upstream's <c>server.insecure</c>); upstream's port is 8080.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>Called with the address once requests are answered.</summary>
    public Action<IPEndPoint>? Listening { get; init; }

    /// <summary>UI extensions: <c>extension*.js</c> files found below, each in a folder <c>resources/</c>; null: none.</summary>
    public string? ExtensionsFolder { get; init; }

    /// <summary>Folder for clones of repositories; deleted when the server stops. Null: a new one below the temporary folder.</summary>
    public string? CacheFolder { get; init; }
}
