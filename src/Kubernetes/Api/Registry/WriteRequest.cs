using Kubernetes.Api.Authentication;
using Kubernetes.Api.Resources;
using Kubernetes.Store;

namespace Kubernetes.Api.Registry;

/// <summary>One write: what it is about, who asks, and how. Name is empty when the server is to make one.</summary>
internal sealed record WriteRequest(ResourceInfo Resource, string Namespace, string Name, UserInfo User)
{
    public string? Subresource { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Server-side apply: the object brings its managers along.</summary>
    public bool IsApply { get; init; }

    /// <summary>Whom fields belong to; what the server writes by itself is its own.</summary>
    public string FieldManager { get; init; } = "kube-apiserver";

    /// <summary>Takes what the client is told beside the answer.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    public ObjectKey Key => Resource.Key(Namespace, Name);
}

/// <summary>What a write answers: the stored form's bytes, and whether the object is new.</summary>
internal sealed record WriteResult(byte[] Value, bool Created);
