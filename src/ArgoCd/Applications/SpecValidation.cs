using ArgoCd.Projects;
using ArgoCd.Settings;

namespace ArgoCd.Applications;

/// <summary>What is wrong with a spec before anything is fetched (<c>util/argo</c> ValidatePermissions).</summary>
internal static class SpecValidation
{
    public static IReadOnlyList<ApplicationCondition> Conditions(ApplicationSpec spec, AppProject project)
    {
        var conditions = new List<ApplicationCondition>();
        foreach (var source in spec.AllSources)
        {
            if (Incomplete(source, spec.HasMultipleSources) is { } problem)
            {
                return [Invalid(problem)];
            }

            if (!ProjectPermissions.IsSourcePermitted(project, source))
            {
                conditions.Add(Invalid($"application repo {source.RepoURL} is not permitted in project '{project.Name}'"));
            }
        }

        try
        {
            var cluster = Cluster.Of(spec.Destination);
            if (!ProjectPermissions.IsDestinationPermitted(project, cluster, spec.Destination.Namespace))
            {
                var server = string.IsNullOrEmpty(spec.Destination.Name) ? cluster.Server : cluster.Name;
                conditions.Add(Invalid(
                    $"application destination server '{server}' and namespace '{spec.Destination.Namespace}' do not match any of the allowed destinations in project '{project.Name}'"));
            }
        }
        catch (DestinationException exception)
        {
            conditions.Add(Invalid(exception.Message));
        }

        return conditions;
    }

    public static ApplicationCondition Invalid(string message) => ApplicationCondition.Of(ApplicationConditions.InvalidSpecError, message);

    private static string? Incomplete(ApplicationSource source, bool many)
    {
        var hasPath = !string.IsNullOrEmpty(source.Path) || !string.IsNullOrEmpty(source.Chart) || (many && !string.IsNullOrEmpty(source.Ref));
        if (string.IsNullOrEmpty(source.RepoURL) || !hasPath)
        {
            return many
                ? $"spec.source.repoURL and either source.path, source.chart, or source.ref are required for source {source}"
                : "spec.source.repoURL and either spec.source.path or spec.source.chart are required";
        }

        return !string.IsNullOrEmpty(source.Chart) && string.IsNullOrEmpty(source.TargetRevision)
            ? "spec.source.targetRevision is required if the manifest source is a helm chart"
            : null;
    }
}
