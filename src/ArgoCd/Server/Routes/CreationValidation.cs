using ArgoCd.Applications;
using ArgoCd.Settings;
using ArgoCd.Source;
using Controllers.Runtime.Client;

namespace ArgoCd.Server.Routes;

/// <summary>What is checked before an application is stored (<c>validateAndNormalizeApp</c>): destination, repository, path, permissions.</summary>
internal sealed class CreationValidation(ProjectLookup projects, Repositories repositories, SourceManifests manifests, ApiClient client)
{
    /// <param name="application">As it is to be stored.</param>
    /// <param name="validate">Whether the repository is asked too.</param>
    /// <param name="cancel">Ends the checks.</param>
    /// <exception cref="GrpcException">With the first thing that is wrong, in upstream's words.</exception>
    public async Task CheckAsync(Application application, bool validate, CancellationToken cancel)
    {
        const string Context = "error while validating and normalizing app";
        var (name, spec) = (application.Metadata.Name, application.Spec);
        if (projects.Find(spec.ProjectName) is not { } project)
        {
            // the cache may be a moment behind a project that was just made
            var found = await client.FindAsync(Projects.AppProject.Resource, application.Key.Namespace, spec.ProjectName, cancel);
            project = found is null
                ? throw new GrpcException(GrpcCode.InvalidArgument, $"application references project {spec.ProjectName} which does not exist")
                : Projects.AppProject.Of(found);
        }

        if (string.IsNullOrEmpty(name))
        {
            throw new GrpcException(GrpcCode.Unknown, $"{Context}: resource name may not be empty");
        }

        try
        {
            Cluster.Of(spec.Destination);
        }
        catch (DestinationException exception)
        {
            throw new GrpcException(GrpcCode.InvalidArgument, $"application destination spec for {name} is invalid: {exception.Message}").Within(Context);
        }

        var problems = SpecValidation.Conditions(spec, project) is { Count: > 0 } invalid ? invalid : validate ? await SourcesAsync(spec, cancel) : [];
        if (problems.Count > 0)
        {
            throw new GrpcException(
                GrpcCode.InvalidArgument, $"application spec for {name} is invalid: {ApplicationConditions.Format(problems)}").Within(Context);
        }
    }

    private async Task<IReadOnlyList<ApplicationCondition>> SourcesAsync(ApplicationSpec spec, CancellationToken cancel)
    {
        foreach (var source in spec.AllSources)
        {
            var repository = repositories.Find(source.RepoURL);
            try
            {
                await manifests.TestAsync(repository, cancel);
            }
            catch (SourceException exception)
            {
                return [SpecValidation.Invalid($"repository not accessible: repositories not accessible: {repository}: {exception.Message}")];
            }
        }

        var problems = new List<ApplicationCondition>();
        foreach (var source in spec.AllSources.Where(source => !string.IsNullOrEmpty(source.Path) || !string.IsNullOrEmpty(source.Chart)))
        {
            try
            {
                var repository = repositories.Find(source.RepoURL);
                var commit = await manifests.ResolveAsync(repository, source.TargetRevision, cancel);
                await manifests.GenerateAsync(repository, source, commit, useCache: true, cancel);
            }
            catch (SourceException exception)
            {
                problems.Add(SpecValidation.Invalid($"Unable to generate manifests in {source.Path}: {exception.Message}"));
            }
        }

        return problems;
    }
}
