using ArgoCd.Projects;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;

namespace ArgoCd.Applications;

/// <summary>Projects by name.</summary>
internal sealed class ProjectLookup(ILister<Unstructured> projects, string @namespace)
{
    public AppProject? Find(string name)
        => projects.Find(new NamespacedName(@namespace, name)) is { } project ? AppProject.Of(project) : null;

    public IReadOnlyList<Unstructured> List() => projects.List(@namespace);

    /// <summary>What an application is told whose project is not there.</summary>
    public static ApplicationCondition Missing(string name)
        => SpecValidation.Invalid($"Application referencing project {name} which does not exist");
}
