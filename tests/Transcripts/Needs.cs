namespace Transcripts;

/// <summary>What a transcript's requests need beside an API server.</summary>
public enum Needs
{
    /// <summary>Nothing, so that no object changes by itself.</summary>
    Nothing,

    /// <summary>Kubernetes' controllers (<c># @controllers</c>).</summary>
    Controllers,

    /// <summary>A node, Argo's definitions, and the controller of Argo Rollouts (<c># @rollouts</c>).</summary>
    Rollouts,
}
