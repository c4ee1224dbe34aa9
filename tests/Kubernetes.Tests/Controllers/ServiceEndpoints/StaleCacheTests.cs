using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Kubernetes.Controllers.ServiceEndpoints;
using Kubernetes.Tests.Api;

namespace Kubernetes.Tests.Controllers.ServiceEndpoints;

/// <summary>The endpoints reconciler with a cache that does not show what it wrote.</summary>
public sealed class StaleCacheTests(ServerFixture api)
{
    [Fact]
    public async Task A_service_whose_first_slice_is_not_seen_yet_gets_no_second_one()
    {
        using var client = new ApiClient(api.Server.AdminConfiguration, "tests");
        var ns = await api.NewNamespaceAsync();
        var service = await client.CreateAsync(Resources.Services, Service(ns), Cancel);
        var pods = new Listed<V1Pod>();
        var slices = new Listed<V1EndpointSlice>();
        var reconciler = new ServiceEndpointsReconciler(client, new Listed<V1Service>(service), pods, slices, new Listed<V1Endpoints>(), TimeProvider.System);

        await reconciler.ReconcileAsync(NamespacedName.Of(service), Cancel);
        pods.Show(Pod(ns));
        var again = () => reconciler.ReconcileAsync(NamespacedName.Of(service), Cancel);

        (await again.Should().ThrowAsync<ApiException>("the queue brings the service back when the cache may have caught up")).Which.IsAlreadyExists.Should().BeTrue();
        var found = (await client.ListAsync(Resources.EndpointSlices, ns, cancel: Cancel)).Items.Should().ContainSingle().Subject;

        slices.Show(found);
        await again.Should().ThrowAsync<ApiException>("Endpoints are still not in the cache");
        found = (await client.ListAsync(Resources.EndpointSlices, ns, cancel: Cancel)).Items.Should().ContainSingle().Subject;
        found.Endpoints.Should().ContainSingle().Which.Addresses.Should().Equal("127.64.9.9");
        found.Ports.Should().ContainSingle().Which.Port.Should().Be(8080);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static V1Service Service(string ns) => new()
    {
        Metadata = new V1ObjectMeta { Name = "demo", NamespaceProperty = ns },
        Spec = new V1ServiceSpec
        {
            Selector = new Dictionary<string, string> { ["app"] = "demo" },
            Ports = [new V1ServicePort { Name = "http", Port = 80, TargetPort = 8080 }],
        },
    };

    private static V1Pod Pod(string ns) => new()
    {
        Metadata = new V1ObjectMeta { Name = "a", NamespaceProperty = ns, Uid = "a", Labels = new Dictionary<string, string> { ["app"] = "demo" } },
        Spec = new V1PodSpec { NodeName = "node", Containers = [new V1Container { Name = "main" }] },
        Status = new V1PodStatus { Phase = "Running", PodIP = "127.64.9.9", Conditions = [new V1PodCondition { Type = "Ready", Status = "True" }] },
    };

    private sealed class Listed<T>(params T[] shown) : ILister<T>
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        private readonly List<T> objects = [.. shown];

        public void Show(T @object) => objects.Add(@object);

        public T? Find(NamespacedName name) => objects.Find(@object => NamespacedName.Of(@object) == name);

        public IReadOnlyList<T> List(string? @namespace = null) => [.. objects.Where(@object => @namespace is null || @object.Metadata.NamespaceProperty == @namespace)];

        public IReadOnlyList<T> ControlledBy(string ownerUid) => [.. objects.Where(@object => @object.Metadata.ControllerUid() == ownerUid)];
    }
}
