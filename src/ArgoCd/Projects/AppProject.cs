using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Projects;

/// <summary>What applications of a project may deploy, from where and to where.</summary>
internal sealed record AppProject
{
    public const string DefaultName = "default";

    public static Resource<Unstructured> Resource { get; } = new("argoproj.io", "v1alpha1", "appprojects", "AppProject");

    public string Name { get; init; } = DefaultName;

    public AppProjectSpec Spec { get; init; } = new();

    public static AppProject Of(Unstructured @object)
        => new() { Name = @object.Metadata.Name, Spec = ArgoJson.Read<AppProjectSpec>(@object.Json["spec"]) };
}

/// <summary><c>spec</c> of an AppProject, as far as it is enforced here.</summary>
internal sealed record AppProjectSpec
{
    public IReadOnlyList<string>? SourceRepos { get; init; }

    public IReadOnlyList<ProjectDestination>? Destinations { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<ProjectGroupKind>? ClusterResourceWhitelist { get; init; }

    public IReadOnlyList<ProjectGroupKind>? ClusterResourceBlacklist { get; init; }

    public IReadOnlyList<ProjectGroupKind>? NamespaceResourceWhitelist { get; init; }

    public IReadOnlyList<ProjectGroupKind>? NamespaceResourceBlacklist { get; init; }
}

/// <summary>A cluster and namespace; patterns allowed, and <c>!</c> to deny.</summary>
internal sealed record ProjectDestination
{
    public string? Server { get; init; }

    public string? Name { get; init; }

    public string? Namespace { get; init; }
}

/// <summary>A kind, and optionally one name of it.</summary>
internal sealed record ProjectGroupKind
{
    public string? Group { get; init; }

    public string? Kind { get; init; }

    public string? Name { get; init; }
}
