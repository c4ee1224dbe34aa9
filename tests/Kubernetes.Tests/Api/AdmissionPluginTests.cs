using Kubernetes.Api.Admission;

namespace Kubernetes.Tests.Api;

/// <summary>Plugins from outside: they change what is stored, see who asks, and end when disposed.</summary>
public sealed class AdmissionPluginTests(ServerFixture api)
{
    [Fact]
    public async Task A_plugin_changes_updates_until_it_is_disposed()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"},"data":{"colour":"blue"}}""");
        var plugin = new KeepsColour(space);

        using (api.Server.Admit(plugin))
        {
            var kept = await api.MergeAsync($"{path}/a", """{"data":{"colour":"green"}}""");
            kept.Code.Should().Be(200);
            kept.Body!["data"]!["colour"]!.GetValue<string>().Should().Be("blue");
        }

        plugin.Users.Should().Equal("kubernetes-admin");
        (await api.MergeAsync($"{path}/a", """{"data":{"colour":"green"}}""")).Body!["data"]!["colour"]!.GetValue<string>().Should().Be("green");
    }

    private sealed class KeepsColour(string space) : IAdmissionPlugin
    {
        public List<string> Users { get; } = [];

        public void Mutate(AdmissionReview review)
        {
            if (review is { GroupResource: "configmaps", Operation: "UPDATE", OldObject: { } old } && review.Namespace == space)
            {
                Users.Add(review.User);
                review.Object["data"] = old["data"]!.DeepClone();
            }
        }
    }
}
