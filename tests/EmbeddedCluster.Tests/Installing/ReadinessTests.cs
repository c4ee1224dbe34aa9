using Controllers.Runtime.Client;
using EmbeddedCluster.Installing;
using k8s.Models;
using Kubernetes.Api;

namespace EmbeddedCluster.Tests.Installing;

public sealed class ReadinessTests
{
    [Fact]
    public async Task What_is_not_ready_in_time_is_said_with_what_its_pods_wait_for()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var api = await ApiServer.StartAsync(new ApiServerOptions(), stop);
        using var client = new ApiClient(api.AdminConfiguration, "tests");
        var labels = new Dictionary<string, string> { ["app"] = "web" };
        var template = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "web" }] };
        await client.CreateAsync(Resources.Namespaces, new V1Namespace { Metadata = new V1ObjectMeta { Name = "shop" } }, stop);
        await client.CreateAsync(
            Resources.ServiceAccounts, new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "default", NamespaceProperty = "shop" } }, stop);
        await client.CreateAsync(
            Resources.Deployments,
            new V1Deployment
            {
                Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop" },
                Spec = new V1DeploymentSpec
                {
                    Replicas = 2,
                    Selector = new V1LabelSelector { MatchLabels = labels },
                    Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = labels }, Spec = template },
                },
            },
            stop);
        var pod = await client.CreateAsync(
            Resources.Pods, new V1Pod { Metadata = new V1ObjectMeta { Name = "web-1", NamespaceProperty = "shop", Labels = labels }, Spec = template }, stop);
        pod.Status = new V1PodStatus
        {
            Phase = "Pending",
            ContainerStatuses =
            [
                new V1ContainerStatus
                {
                    Name = "main", Image = "web", ImageID = "", Ready = false, RestartCount = 0,
                    State = new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "CrashLoopBackOff", Message = "back-off" } },
                },
            ],
        };
        await client.UpdateAsync(Resources.Pods, pod, "status", stop);

        var waiting = () => new Readiness(client, TimeSpan.FromMilliseconds(200)).DeploymentsAsync(stop);

        (await waiting.Should().ThrowAsync<ClusterStartException>()).WithMessage(
            "not ready within 0 s: Deployment shop/web has 0 of 2 replicas available; pod shop/web-1 is Pending, main: CrashLoopBackOff back-off. *TMPDIR*");
    }
}
