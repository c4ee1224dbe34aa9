namespace Kubernetes.Controllers.History;

/// <summary>What is to be done with the revision of the current template.</summary>
internal enum RevisionStep
{
    Keep,
    Renumber,
    Create,
}
