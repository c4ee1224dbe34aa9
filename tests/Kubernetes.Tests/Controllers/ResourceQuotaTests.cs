using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Quotas of namespaces: what they refuse, what they count, and what they give back.</summary>
public sealed class ResourceQuotaTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_does_not_fit_is_refused_and_what_is_deleted_is_free_again()
    {
        var ns = await QuotaAsync("compute", """{ "pods": "2", "requests.cpu": "1", "requests.memory": "1Gi", "limits.cpu": "2" }""");
        await PodAsync(ns, "a", "{ requests: { cpu: 500m, memory: 512Mi }, limits: { cpu: 1 } }");

        (await RefusedAsync(() => PodAsync(ns, "b", "{ requests: { cpu: 600m, memory: 1Gi }, limits: { cpu: 1 } }"))).Should().Be(
            "pods \"b\" is forbidden: exceeded quota: compute, requested: requests.cpu=600m,requests.memory=1Gi, used: requests.cpu=500m,requests.memory=512Mi, limited: requests.cpu=1,requests.memory=1Gi");
        (await RefusedAsync(() => PodAsync(ns, "b", "{ limits: { memory: 1Gi } }"))).Should().Be(
            "pods \"b\" is forbidden: failed quota: compute: must specify limits.cpu for: main; requests.cpu for: main");
        var quota = await cluster.EventuallyAsync(Resources.ResourceQuotas, ns, "compute", quota => $"{Used(quota, "pods")}" == "1");
        quota.Status.Used.Should().HaveCount(4).And.ContainKey("requests.memory").WhoseValue.ToString().Should().Be("512Mi");

        await cluster.Client.DeleteAsync(Resources.Pods, ns, "a", new V1DeleteOptions { GracePeriodSeconds = 0 }, cancel: Cancel);
        await cluster.EventuallyAsync(Resources.ResourceQuotas, ns, "compute", quota => $"{Used(quota, "pods")}" == "0" && $"{Used(quota, "requests.cpu")}" == "0");
        await PodAsync(ns, "b", "{ requests: { cpu: 1, memory: 1Gi }, limits: { cpu: 2 } }");
    }

    [Fact]
    public async Task Writers_side_by_side_never_get_more_than_there_is()
    {
        var ns = await QuotaAsync("count", """{ "count/configmaps": "6", "secrets": "1" }""");
        // every namespace has the configuration map of the cluster's certificate
        await cluster.EventuallyAsync(Resources.ResourceQuotas, ns, "count", quota => $"{Used(quota, "count/configmaps")}" == "1");

        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(async index =>
        {
            try
            {
                await cluster.Client.CreateAsync(Resources.ConfigMaps, new V1ConfigMap { Metadata = new V1ObjectMeta { Name = $"m{index}", NamespaceProperty = ns } });
                return "";
            }
            catch (ApiException refused)
            {
                return refused.StatusMessage;
            }
        }));

        results.Count(result => result.Length == 0).Should().Be(5);
        results.Where(result => result.Length > 0).Should().OnlyContain(
            why => why.EndsWith("is forbidden: exceeded quota: count, requested: count/configmaps=1, used: count/configmaps=6, limited: count/configmaps=6"));
        (await cluster.Client.GetAsync(Resources.ResourceQuotas, ns, "count", cancel: Cancel)).Status.Used["count/configmaps"].ToString().Should().Be("6");
    }

    [Fact]
    public async Task A_quota_with_a_scope_is_about_the_pods_in_it_and_a_finished_pod_uses_nothing()
    {
        var ns = await QuotaAsync("jobs", """{ "pods": "1" }""", """, "scopes": ["Terminating"]""");
        await PodAsync(ns, "free", "{}");
        await PodAsync(ns, "first", "{}", "activeDeadlineSeconds: 1000, restartPolicy: Never, ", "exit 0");

        await cluster.EventuallyAsync(Resources.Pods, ns, "first", pod => pod?.Status?.Phase == "Succeeded");
        await cluster.EventuallyAsync(Resources.ResourceQuotas, ns, "jobs", quota => $"{Used(quota, "pods")}" == "0");
        await PodAsync(ns, "second", "{}", "activeDeadlineSeconds: 1000, ");

        (await RefusedAsync(() => PodAsync(ns, "third", "{}", "activeDeadlineSeconds: 1000, "))).Should().Be(
            "pods \"third\" is forbidden: exceeded quota: jobs, requested: pods=1, used: pods=1, limited: pods=1");
    }

    [Fact]
    public async Task Services_and_claims_are_counted_by_what_they_ask_for()
    {
        var ns = await QuotaAsync("things", """{ "services": "2", "services.nodeports": "1", "requests.storage": "5Gi", "count/deployments.apps": "0" }""");
        await cluster.ApplyAsync(Demo.Service(ns, "plain"));

        (await RefusedAsync(() => cluster.ApplyAsync(Demo.Service(ns, "wide").Replace("spec:", "spec:\n  type: NodePort").Replace("]", ", { name: more, port: 81 }]")))).Should().Be(
            "services \"wide\" is forbidden: exceeded quota: things, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1");
        (await RefusedAsync(() => cluster.ApplyAsync(Demo.Deployment(ns, "demo", "blue", 1)))).Should().Be(
            "deployments.apps \"demo\" is forbidden: exceeded quota: things, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0");
        var claim = new V1PersistentVolumeClaim
        {
            Metadata = new V1ObjectMeta { Name = "data", NamespaceProperty = ns },
            Spec = new V1PersistentVolumeClaimSpec
            {
                AccessModes = ["ReadWriteOnce"],
                Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new("6Gi") } },
            },
        };
        (await RefusedAsync(() => cluster.Client.CreateAsync(Resources.PersistentVolumeClaims, claim))).Should().Be(
            "persistentvolumeclaims \"data\" is forbidden: exceeded quota: things, requested: requests.storage=6Gi, used: requests.storage=0, limited: requests.storage=5Gi");
    }

    [Fact]
    public async Task Kubectl_describes_a_quota_and_lists_it()
    {
        var ns = await QuotaAsync("compute", """{ "pods": "3", "limits.memory": "2Gi" }""");
        await PodAsync(ns, "a", "{ limits: { memory: 512Mi } }");
        await cluster.EventuallyAsync(Resources.ResourceQuotas, ns, "compute", quota => $"{Used(quota, "pods")}" == "1");

        var described = await cluster.KubectlAsync(ns, "describe", "quota", "compute");
        described.Should().MatchRegex(@"limits\.memory\s+512Mi\s+2Gi").And.MatchRegex(@"pods\s+1\s+3");
        (await cluster.KubectlAsync(ns, "get", "quota")).Should().MatchRegex(@"NAME\s+REQUEST\s+LIMIT\s+AGE\ncompute\s+pods: 1/3\s+limits\.memory: 512Mi/2Gi\s");
    }

    private static ResourceQuantity? Used(V1ResourceQuota? quota, string name) => quota?.Status?.Used?.TryGetValue(name, out var used) == true ? used : null;

    // from when its controller has taken it up, a quota holds
    private async Task<string> QuotaAsync(string name, string hard, string more = "")
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync($$"""{ "apiVersion": "v1", "kind": "ResourceQuota", "metadata": { "name": "{{name}}", "namespace": "{{ns}}" }, "spec": { "hard": {{hard}}{{more}} } }""");
        await cluster.EventuallyAsync(Resources.ResourceQuotas, ns, name, quota => quota?.Status?.Hard is { Count: > 0 });
        return ns;
    }

    private Task PodAsync(string ns, string name, string resources, string spec = "", string command = "sleep 1000")
        => cluster.ApplyAsync(Yaml.Pod(
            ns, name, $$"""{ {{spec}}terminationGracePeriodSeconds: 1, containers: [{ name: main, image: "alpine:3.8", command: [sh, -c, "{{command}}"], resources: {{resources}} }] }"""));

    private static async Task<string> RefusedAsync(Func<Task> write)
    {
        var refused = (await write.Should().ThrowAsync<ApiException>()).Which;
        refused.Code.Should().Be(System.Net.HttpStatusCode.Forbidden);
        return refused.StatusMessage;
    }
}
