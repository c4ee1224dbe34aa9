using ArgoCd.Applications;
using ArgoCd.Projects;
using ArgoCd.Settings;

namespace ArgoCd.Tests.Applications;

public sealed class ProjectPermissionsTests
{
    private static AppProject Project(string spec) => AppProject.Of(Yaml.Object($"{{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {{name: team}}, spec: {spec}}}"));

    [Theory]
    [InlineData("['*']", true)]
    [InlineData("['https://git.example.com/team/*']", true)]
    [InlineData("['https://git.example.com/TEAM/app.git']", true)]
    [InlineData("['https://git.example.com/other/*']", false)]
    [InlineData("['*', '!https://git.example.com/team/*']", false)]
    [InlineData("[]", false)]
    public void A_repository_is_permitted_by_pattern(string repos, bool permitted)
        => ProjectPermissions.IsSourcePermitted(Project($"{{sourceRepos: {repos}}}"), new ApplicationSource { RepoURL = "https://git.example.com/team/app" })
            .Should().Be(permitted);

    [Theory]
    [InlineData("[{server: '*', namespace: '*'}]", true)]
    [InlineData("[{server: 'https://kubernetes.default.svc', namespace: 'shop-*'}]", true)]
    [InlineData("[{name: in-cluster, namespace: shop-eu}]", true)]
    [InlineData("[{server: '*', namespace: other}]", false)]
    [InlineData("[{server: '*', namespace: '*'}, {server: '*', namespace: '!shop-*'}]", false)]
    public void A_destination_is_permitted_by_pattern(string destinations, bool permitted)
        => ProjectPermissions.IsDestinationPermitted(Project($"{{destinations: {destinations}}}"), Cluster.InCluster, "shop-eu").Should().Be(permitted);

    [Fact]
    public void Cluster_scoped_kinds_must_be_listed_and_namespaced_ones_must_not_be_forbidden()
    {
        var project = Project("{clusterResourceWhitelist: [{group: '', kind: Namespace}], namespaceResourceBlacklist: [{group: '', kind: Secret}]}");
        ProjectPermissions.IsGroupKindPermitted(project, "", "Namespace", "n", namespaced: false).Should().BeTrue();
        ProjectPermissions.IsGroupKindPermitted(project, "rbac.authorization.k8s.io", "ClusterRole", "r", namespaced: false).Should().BeFalse();
        ProjectPermissions.IsGroupKindPermitted(project, "", "ConfigMap", "c", namespaced: true).Should().BeTrue();
        ProjectPermissions.IsGroupKindPermitted(project, "", "Secret", "s", namespaced: true).Should().BeFalse();
    }

    [Fact]
    public void A_spec_outside_its_project_is_invalid_in_upstreams_words()
    {
        var spec = new ApplicationSpec
        {
            Source = new ApplicationSource { RepoURL = "https://git.example.com/app", Path = "." },
            Destination = new ApplicationDestination { Server = "https://kubernetes.default.svc", Namespace = "shop" },
        };
        SpecValidation.Conditions(spec, Project("{sourceRepos: [a], destinations: []}")).Select(condition => condition.Message).Should().Equal(
            "application repo https://git.example.com/app is not permitted in project 'team'",
            "application destination server 'https://kubernetes.default.svc' and namespace 'shop' do not match any of the allowed destinations in project 'team'");
    }

    [Theory]
    [InlineData("https://elsewhere", null, "error getting cluster by server \"https://elsewhere\": rpc error: code = NotFound desc = cluster \"https://elsewhere\" not found")]
    [InlineData(null, "elsewhere", "there are no clusters with this name: elsewhere")]
    [InlineData("https://a", "b", "application destination can't have both name and server defined: b https://a")]
    [InlineData(null, null, "Destination server missing from app spec")]
    public void A_destination_that_is_no_cluster_is_named(string? server, string? name, string message)
        => FluentActions.Invoking(() => Cluster.Of(new ApplicationDestination { Server = server, Name = name })).Should().Throw<DestinationException>().WithMessage(message);
}
