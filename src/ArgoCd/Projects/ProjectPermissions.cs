using System.Text.RegularExpressions;
using ArgoCd.Applications;
using ArgoCd.Settings;

namespace ArgoCd.Projects;

/// <summary>What a project permits (<c>app_project_types.go</c>).</summary>
internal static class ProjectPermissions
{
    public static bool IsSourcePermitted(AppProject project, ApplicationSource source)
    {
        var url = Source.Repository.Normalize(source.RepoURL);
        var patterns = project.Spec.SourceRepos ?? [];
        return patterns.Any(pattern => !pattern.StartsWith('!') && (pattern == "*" || Glob(Source.Repository.Normalize(pattern), url)))
            && !patterns.Any(pattern => pattern.StartsWith('!') && Glob(Source.Repository.Normalize(pattern[1..]), url));
    }

    public static bool IsDestinationPermitted(AppProject project, Cluster cluster, string? @namespace)
    {
        bool Matches(ProjectDestination destination, bool deny)
        {
            var (server, name) = (destination.Server ?? "", destination.Name ?? "");
            return deny == IsDeny(destination)
                && (Glob(server.TrimStart('!'), cluster.Server) || (name.Length > 0 && Glob(name.TrimStart('!'), cluster.Name)))
                && Glob((destination.Namespace ?? "").TrimStart('!'), @namespace ?? "");
        }

        var destinations = project.Spec.Destinations ?? [];
        return destinations.Any(destination => Matches(destination, deny: false)) && !destinations.Any(destination => Matches(destination, deny: true));
    }

    /// <summary>Namespaced kinds are permitted unless listed otherwise, cluster-scoped ones only when listed.</summary>
    public static bool IsGroupKindPermitted(AppProject project, string group, string kind, string name, bool namespaced)
    {
        bool In(IReadOnlyList<ProjectGroupKind>? list)
            => list?.Any(one => Glob(one.Group ?? "", group) && Glob(one.Kind ?? "", kind) && (string.IsNullOrEmpty(one.Name) || Glob(one.Name, name))) == true;

        var spec = project.Spec;
        return namespaced
            ? (spec.NamespaceResourceWhitelist is null || In(spec.NamespaceResourceWhitelist)) && !In(spec.NamespaceResourceBlacklist)
            : In(spec.ClusterResourceWhitelist) && !In(spec.ClusterResourceBlacklist);
    }

    private static bool IsDeny(ProjectDestination destination)
        => destination.Server?.StartsWith('!') == true || destination.Name?.StartsWith('!') == true || destination.Namespace?.StartsWith('!') == true;

    private static bool Glob(string pattern, string text)
        => pattern == "*" || pattern == text || (pattern.Contains('*', StringComparison.Ordinal) && Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace(@"\*", ".*")}$"));
}
