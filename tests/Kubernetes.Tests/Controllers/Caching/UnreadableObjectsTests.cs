using System.Threading.Channels;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Tests.Controllers.Caching;

/// <summary>A custom resource that the informer's type cannot hold does not hide the others.</summary>
public sealed class UnreadableObjectsTests(ServerFixture api)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_informer_reads_around_what_is_not_of_its_type()
    {
        const string definition = """
            {"metadata":{"name":"bags.unreadable.example.com"},"spec":{"group":"unreadable.example.com","scope":"Namespaced","names":{"plural":"bags","singular":"bag","kind":"Bag"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
            """;
        (await api.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)).Code.Should().Be(201);
        var path = $"/apis/unreadable.example.com/v1/namespaces/{await api.NewNamespaceAsync()}/bags";
        await api.PostAsync(path, Bag("bad", "{\"x\":{}}"));
        await api.PostAsync(path, Bag("good", "{\"x\":\"1\"}"));
        using var client = new ApiClient(api.Server.AdminConfiguration, "tests");
        var informer = new Informer<V1ConfigMap>(client, new Resource<V1ConfigMap>("unreadable.example.com", "v1", "bags", "Bag"), TimeProvider.System, NullLogger.Instance);
        var seen = Channel.CreateUnbounded<string>();
        informer.OnChange(change => seen.Writer.TryWrite(change.After is null ? $"-{change.Before!.Metadata.Name}" : change.Object.Metadata.Name));
        using var stop = new CancellationTokenSource();
        var running = informer.RunAsync(stop.Token);

        (await NextAsync(seen)).Should().Be("good");
        await api.PostAsync(path, Bag("worse", "5"));
        await api.PostAsync(path, Bag("later", "{\"x\":\"1\"}"));
        (await NextAsync(seen)).Should().Be("later", "a watch goes on behind a change that cannot be read");
        await api.MergeAsync($"{path}/good", """{"data":{"x":[]}}""");
        (await NextAsync(seen)).Should().Be("-good", "what cannot be read any more is not there any more");
        await api.MergeAsync($"{path}/bad", """{"data":{"x":"1"}}""");
        (await NextAsync(seen)).Should().Be("bad");

        informer.Lister.List().Select(NamespacedName.Of).Select(name => name.Name).Should().BeEquivalentTo("bad", "later");
        await stop.CancelAsync();
        await running;
    }

    private static Task<string> NextAsync(Channel<string> seen) => seen.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System);

    private static string Bag(string name, string data) => """{"metadata":{"name":"NAME"},"data":DATA}""".Replace("NAME", name).Replace("DATA", data);
}
