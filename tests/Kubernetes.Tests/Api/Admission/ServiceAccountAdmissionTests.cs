using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api.Admission;

/// <summary>What the ServiceAccount admission plugin makes of pods.</summary>
public sealed class ServiceAccountAdmissionTests(ServerFixture api)
{
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    [Fact]
    public async Task Every_container_mounts_a_projected_volume_with_token_authority_and_namespace()
    {
        var space = await api.NewNamespaceAsync();

        var pod = await CreateAsync(space, """{"containers":[{"name":"a","image":"i"},{"name":"b","image":"i"}],"initContainers":[{"name":"c","image":"i"}]}""");

        var volume = pod.Body!["spec"]!["volumes"]!.AsArray().Should().ContainSingle().Subject!;
        var name = volume["name"]!.GetValue<string>();
        name.Should().MatchRegex("^kube-api-access-[a-z0-9]{5}$");
        volume["projected"]!.ToJsonString().Should().Be(JsonNode.Parse("""
            {"defaultMode":420,"sources":[
              {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
              {"configMap":{"items":[{"key":"ca.crt","path":"ca.crt"}],"name":"kube-root-ca.crt"}},
              {"downwardAPI":{"items":[{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"},"path":"namespace"}]}}]}
            """)!.ToJsonString());
        foreach (var container in pod.Body["spec"]!["containers"]!.AsArray().Concat(pod.Body["spec"]!["initContainers"]!.AsArray()))
        {
            container!["volumeMounts"]!.ToJsonString().Should().Be($$"""[{"mountPath":"{{MountPath}}","name":"{{name}}","readOnly":true}]""");
        }
    }

    [Fact]
    public async Task A_container_that_mounts_something_else_there_keeps_it()
    {
        var space = await api.NewNamespaceAsync();

        var pod = await CreateAsync(
            space, $$$"""{"containers":[{"name":"a","image":"i","volumeMounts":[{"name":"mine","mountPath":"{{{MountPath}}}"}]}],"volumes":[{"name":"mine","emptyDir":{}}]}""");

        pod.Body!["spec"]!["volumes"]!.AsArray().Should().ContainSingle();
        pod.Body["spec"]!["containers"]![0]!["volumeMounts"]!.AsArray().Should().ContainSingle();
    }

    [Theory, InlineData("false", "", false), InlineData("false", ",\"automountServiceAccountToken\":true", true), InlineData("true", ",\"automountServiceAccountToken\":false", false)]
    public async Task The_pod_decides_before_its_account_whether_there_is_a_token(string account, string pod, bool mounted)
    {
        var space = await api.NewNamespaceAsync();
        await AccountAsync(space, $$"""{"metadata":{"name":"robot"},"automountServiceAccountToken":{{account}}}""");

        var created = await CreateAsync(space, $$"""{"serviceAccountName":"robot","containers":[{"name":"a","image":"i"}]{{pod}}}""");

        (created.Body!["spec"]!["volumes"] is not null).Should().Be(mounted);
    }

    [Fact]
    public async Task Images_are_pulled_with_the_accounts_secrets_unless_the_pod_has_its_own()
    {
        var space = await api.NewNamespaceAsync();
        await AccountAsync(space, """{"metadata":{"name":"robot"},"imagePullSecrets":[{"name":"registry"}]}""");

        var plain = await CreateAsync(space, """{"serviceAccountName":"robot","containers":[{"name":"a","image":"i"}]}""");
        var own = await CreateAsync(space, """{"serviceAccountName":"robot","imagePullSecrets":[{"name":"own"}],"containers":[{"name":"a","image":"i"}]}""");

        plain.Body!["spec"]!["imagePullSecrets"]!.ToJsonString().Should().Be("""[{"name":"registry"}]""");
        own.Body!["spec"]!["imagePullSecrets"]!.ToJsonString().Should().Be("""[{"name":"own"}]""");
    }

    [Fact]
    public async Task A_pod_of_an_account_that_does_not_exist_is_refused()
    {
        var space = await api.NewNamespaceAsync();

        var refused = await api.PostAsync(
            $"/api/v1/namespaces/{space}/pods", """{"metadata":{"name":"a"},"spec":{"serviceAccountName":"nobody","containers":[{"name":"a","image":"i"}]}}""");

        refused.Code.Should().Be(403);
        refused.Message.Should().Be($"pods \"a\" is forbidden: error looking up service account {space}/nobody: serviceaccount \"nobody\" not found");
    }

    private async Task AccountAsync(string space, string account)
        => (await api.PostAsync($"/api/v1/namespaces/{space}/serviceaccounts", account)).Code.Should().Be(201);

    private async Task<Reply> CreateAsync(string space, string spec)
    {
        var created = await api.PostAsync($"/api/v1/namespaces/{space}/pods", $$$"""{"metadata":{"generateName":"p-"},"spec":{{{spec}}}}""");
        created.Code.Should().Be(201, created.Message ?? "");
        return created;
    }
}
