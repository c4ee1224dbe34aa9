namespace Kubernetes.Api;

/// <summary>kube-apiserver's --authorization-mode.</summary>
public enum AuthorizationMode
{
    /// <summary>Who is authenticated may do everything (kube-apiserver's own default).</summary>
    AlwaysAllow,

    /// <summary>Roles and bindings decide, as clusters are usually set up.</summary>
    Rbac,
}
