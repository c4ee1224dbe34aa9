using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>What goes when its owner goes: background, foreground, orphan; built-in and custom resources; whole namespaces.</summary>
public sealed class CollectionTests(TestCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Resource<Unstructured> Widgets { get; } = new("example.com", "v1", "widgets", "Widget");

    [Fact]
    public async Task API_60_a_deleted_deployment_takes_its_replica_sets_and_pods_with_it()
    {
        var ns = await RunningAsync("demo");

        await cluster.Client.DeleteAsync(Resources.Deployments, ns, "demo", DeletePropagation.Background, cancel: Stop);

        await cluster.EventuallyAllAsync(Resources.ReplicaSets, ns, sets => sets.Count == 0);
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 0);
    }

    [Fact]
    public async Task A_foreground_deletion_ends_with_the_owner()
    {
        var ns = await RunningAsync("demo");

        await cluster.Client.DeleteAsync(Resources.Deployments, ns, "demo", DeletePropagation.Foreground, cancel: Stop);

        var waiting = await cluster.Client.FindAsync(Resources.Deployments, ns, "demo", cancel: Stop);
        waiting?.Metadata.Finalizers.Should().Contain("foregroundDeletion");
        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", found => found is null);
        (await cluster.Client.ListAsync(Resources.ReplicaSets, ns, cancel: Stop)).Items.Should().BeEmpty();
        (await cluster.Client.ListAsync(Resources.Pods, ns, cancel: Stop)).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task API_62_orphans_live_on_and_are_adopted_again()
    {
        var ns = await RunningAsync("demo");
        var set = (await cluster.Client.ListAsync(Resources.ReplicaSets, ns, cancel: Stop)).Items.Single();

        await cluster.Client.DeleteAsync(Resources.Deployments, ns, "demo", DeletePropagation.Orphan, cancel: Stop);

        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", found => found is null);
        await cluster.EventuallyAsync(Resources.ReplicaSets, ns, set.Metadata.Name, found => found!.Metadata.OwnerReferences is null or { Count: 0 });
        await cluster.ApplyAsync(Demo.Deployment(ns, "demo", "blue", replicas: 2));
        var adopted = await cluster.EventuallyAsync(Resources.ReplicaSets, ns, set.Metadata.Name, found => found!.Metadata.OwnerReferences is { Count: 1 });
        adopted.Metadata.Uid.Should().Be(set.Metadata.Uid);
        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", found => found?.Status?.AvailableReplicas == 2);
    }

    [Fact]
    public async Task An_object_whose_owner_does_not_exist_is_collected_and_one_with_another_owner_is_kept()
    {
        var ns = await cluster.NamespaceAsync();
        var owner = await cluster.Client.CreateAsync(Resources.ConfigMaps, Map(ns, "owner"), cancel: Stop);
        var absent = Reference(owner, "owner", "00000000-0000-0000-0000-000000000000");

        await cluster.Client.CreateAsync(Resources.ConfigMaps, Map(ns, "lost", absent), cancel: Stop);
        await cluster.Client.CreateAsync(Resources.ConfigMaps, Map(ns, "held", absent, Reference(owner, "owner", owner.Metadata.Uid)), cancel: Stop);

        await cluster.EventuallyAsync(Resources.ConfigMaps, ns, "lost", found => found is null);
        var held = await cluster.EventuallyAsync(Resources.ConfigMaps, ns, "held", found => found?.Metadata.OwnerReferences.Count == 1);
        held.Metadata.OwnerReferences[0].Uid.Should().Be(owner.Metadata.Uid);
    }

    [Fact]
    public async Task Custom_resources_are_collected_and_go_with_their_namespace()
    {
        await cluster.ApplyAsync("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: widgets.example.com }
            spec:
              group: example.com
              scope: Namespaced
              names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
              versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }]
            """);
        await cluster.EventuallyAsync(
            Resources.CustomResourceDefinitions, null, "widgets.example.com",
            found => found?.Status?.Conditions?.Any(condition => condition is { Type: "Established", Status: "True" }) == true);
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync($"{{ apiVersion: example.com/v1, kind: Widget, metadata: {{ name: owner, namespace: {ns} }} }}");
        await cluster.ApplyAsync($"{{ apiVersion: example.com/v1, kind: Widget, metadata: {{ name: other, namespace: {ns} }} }}");
        var owner = await cluster.Client.GetAsync(Widgets, ns, "owner", cancel: Stop);
        await cluster.Client.CreateAsync(Resources.ConfigMaps, Map(ns, "child", new V1OwnerReference { ApiVersion = "example.com/v1", Kind = "Widget", Name = "owner", Uid = owner.Metadata.Uid }), cancel: Stop);

        await cluster.Client.DeleteAsync(Widgets, ns, "owner", cancel: Stop);
        await cluster.EventuallyAsync(Resources.ConfigMaps, ns, "child", found => found is null);

        await cluster.Client.DeleteAsync(Resources.Namespaces, null, ns, cancel: Stop);
        await cluster.EventuallyAsync(Resources.Namespaces, null, ns, found => found is null);
        (await cluster.Client.ListAsync(Widgets, ns, cancel: Stop)).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_namespace_with_a_finalizer_inside_says_what_it_waits_for()
    {
        var ns = await cluster.NamespaceAsync();
        var held = Map(ns, "held");
        held.Metadata.Finalizers = ["example.com/hold"];
        await cluster.Client.CreateAsync(Resources.ConfigMaps, held, cancel: Stop);

        await cluster.Client.DeleteAsync(Resources.Namespaces, null, ns, cancel: Stop);

        var waiting = await cluster.EventuallyAsync(Resources.Namespaces, null, ns, found => Condition(found, "NamespaceFinalizersRemaining")?.Status == "True");
        Condition(waiting, "NamespaceFinalizersRemaining")!.Message.Should()
            .Be("Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances");
        Condition(waiting, "NamespaceContentRemaining")!.Message.Should().Be("Some resources are remaining: configmaps. has 1 resource instances");
        var free = Patch.Merge(new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["finalizers"] = null } });
        await cluster.Client.PatchAsync(Resources.ConfigMaps, ns, "held", free, cancel: Stop);
        await cluster.EventuallyAsync(Resources.Namespaces, null, ns, found => found is null);
    }

    [Fact]
    public async Task API_66_every_namespace_has_its_service_account_and_root_certificate()
    {
        var ns = await cluster.NamespaceAsync();

        await cluster.EventuallyAsync(Resources.ServiceAccounts, ns, "default", found => found is not null);
        var published = await cluster.EventuallyAsync(Resources.ConfigMaps, ns, "kube-root-ca.crt", found => found is not null);

        published.Data["ca.crt"].Should().StartWith("-----BEGIN CERTIFICATE-----");
        await cluster.Client.DeleteAsync(Resources.ServiceAccounts, ns, "default", cancel: Stop);
        await cluster.EventuallyAllAsync(Resources.ServiceAccounts, ns, accounts => accounts.Any(account => account.Metadata.Name == "default"));
    }

    private async Task<string> RunningAsync(string name)
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, name, "blue", replicas: 2));
        await cluster.EventuallyAsync(Resources.Deployments, ns, name, found => found?.Status?.AvailableReplicas == 2);
        return ns;
    }

    private static V1NamespaceCondition? Condition(V1Namespace? @namespace, string type)
        => @namespace?.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);

    private static V1ConfigMap Map(string ns, string name, params V1OwnerReference[] owners)
        => new() { Metadata = new V1ObjectMeta { NamespaceProperty = ns, Name = name, OwnerReferences = owners.Length == 0 ? null : owners } };

    private static V1OwnerReference Reference(V1ConfigMap owner, string name, string uid)
        => new() { ApiVersion = "v1", Kind = "ConfigMap", Name = name, Uid = uid };
}
