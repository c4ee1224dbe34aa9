using System.Text;
using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api.Admission;

/// <summary>Which webhooks are asked, when, about which version, and where they are found.</summary>
public sealed class WebhookDispatchTests(ServerFixture api) : IAsyncLifetime
{
    private const string Configurations = "/apis/admissionregistration.k8s.io/v1/";
    private readonly List<string> made = [];
    private WebhookServer server = null!;

    public async ValueTask InitializeAsync() => server = await WebhookServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var path in made)
        {
            await api.DeleteAsync(path);
        }
        await server.DisposeAsync();
    }

    [Theory, InlineData("IfNeeded", "/first /second /first"), InlineData("Never", "/first /second")]
    public async Task A_webhook_that_asks_for_it_is_called_again_once_when_a_later_one_changed_the_object(string policy, string asked)
    {
        var space = await api.NewNamespaceAsync();
        server.Answer = (path, _) => path == "/second" ? WebhookServer.Patch("""[{"op":"add","path":"/data/second","value":"was here"}]""") : WebhookServer.Allow();
        await RegisterAsync("mutatingwebhookconfigurations", space, Webhook(space, "first", $$"""{"reinvocationPolicy":"{{policy}}"}"""), Webhook(space, "second", "{}"));

        (await MapAsync(space)).Code.Should().Be(201);

        string.Join(' ', server.Asked.Select(review => review.Path)).Should().Be(asked);
        (server.Asked.Last().Request["object"]!["data"]!["second"] is not null).Should().Be(policy == "IfNeeded", "the first sees what the second did");
    }

    [Fact]
    public async Task A_container_that_a_webhook_adds_gets_what_the_built_in_plugins_give()
    {
        var space = await api.NewNamespaceAsync();
        server.Answer = (_, _) => WebhookServer.Patch("""[{"op":"add","path":"/spec/containers/-","value":{"name":"sidecar","image":"proxy"}}]""");
        await RegisterAsync("mutatingwebhookconfigurations", space, Webhook(space, "inject", "{}", "pods"));

        var pod = await api.PostAsync($"/api/v1/namespaces/{space}/pods", """{"metadata":{"name":"a"},"spec":{"containers":[{"name":"main","image":"i"}]}}""");

        var sidecar = pod.Body!["spec"]!["containers"]![1]!;
        sidecar["volumeMounts"]![0]!["mountPath"]!.GetValue<string>().Should().Be("/var/run/secrets/kubernetes.io/serviceaccount");
        sidecar["imagePullPolicy"]!.GetValue<string>().Should().Be("Always");
    }

    [Theory, InlineData("Equivalent", "/scale"), InlineData("Exact", "")]
    public async Task A_rule_about_one_version_is_about_the_others_too_unless_it_says_exact(string policy, string asked)
    {
        var space = await api.NewNamespaceAsync();
        var webhook = Webhook(space, "scale", $$"""{"matchPolicy":"{{policy}}"}""", "horizontalpodautoscalers", "autoscaling", "v2");
        await RegisterAsync("validatingwebhookconfigurations", space, webhook);

        (await api.PostAsync(
            $"/apis/autoscaling/v1/namespaces/{space}/horizontalpodautoscalers",
            """{"metadata":{"name":"a"},"spec":{"maxReplicas":3,"targetCPUUtilizationPercentage":50,"scaleTargetRef":{"kind":"Deployment","name":"a","apiVersion":"apps/v1"}}}""")).Code.Should().Be(201);

        string.Join(' ', server.Asked.Select(review => review.Path)).Should().Be(asked);
        if (server.Asked.TryDequeue(out var review))
        {
            review.Request["kind"]!["version"]!.GetValue<string>().Should().Be("v2");
            review.Request["requestKind"]!["version"]!.GetValue<string>().Should().Be("v1");
            review.Request["object"]!["apiVersion"]!.GetValue<string>().Should().Be("autoscaling/v2");
            review.Request["object"]!["spec"]!["metrics"].Should().NotBeNull("it sees the object in its own version");
        }
    }

    [Fact]
    public async Task An_object_selector_picks_objects_by_their_labels_before_or_after()
    {
        var space = await api.NewNamespaceAsync();
        await RegisterAsync("validatingwebhookconfigurations", space, Webhook(space, "picky", """{"objectSelector":{"matchLabels":{"on":"yes"}}}"""));

        await MapAsync(space, """{"name":"without"}""");
        server.Asked.Should().BeEmpty();
        await MapAsync(space, """{"name":"with","labels":{"on":"yes"}}""");
        server.Asked.Should().ContainSingle();
        await api.MergeAsync($"/api/v1/namespaces/{space}/configmaps/with", """{"metadata":{"labels":{"on":"no"}}}""");
        server.Asked.Should().HaveCount(2, "it had the label before");
        await api.MergeAsync($"/api/v1/namespaces/{space}/configmaps/with", """{"data":{"k":"v"}}""");
        server.Asked.Should().HaveCount(2);
    }

    [Theory, InlineData("Fail", 500), InlineData("Ignore", 201)]
    public async Task A_webhook_that_does_not_answer_in_time_fails_or_is_ignored(string policy, int code)
    {
        var space = await api.NewNamespaceAsync();
        var never = new TaskCompletionSource();
        server.Gate = never.Task;
        await RegisterAsync("validatingwebhookconfigurations", space, Webhook(space, "slow", $$"""{"timeoutSeconds":1,"failurePolicy":"{{policy}}"}"""));

        var reply = await MapAsync(space);

        never.SetResult();
        reply.Code.Should().Be(code);
        if (code == 500)
        {
            reply.Message.Should().Be(
                $"Internal error occurred: failed calling webhook \"slow.example.com\": failed to call webhook: Post \"{server.Address}slow?timeout=1s\": context deadline exceeded");
        }
    }

    [Fact]
    public async Task A_services_webhook_is_asked_over_TLS_at_the_port_its_service_names()
    {
        var space = await api.NewNamespaceAsync();
        await using var pod = await WebhookServer.StartAsync($"hook.{space}.svc");
        await ServiceAsync(space, pod.Address.Port);
        var bundle = Convert.ToBase64String(Encoding.ASCII.GetBytes(pod.Certificate!.ExportCertificatePem()));
        await RegisterAsync("validatingwebhookconfigurations", space, Service(Webhook(space, "guard", "{}"), space, 443, bundle));

        (await MapAsync(space)).Code.Should().Be(201);

        pod.Asked.Should().ContainSingle().Which.Path.Should().Be("/check");
    }

    [Theory]
    [InlineData(8443, "no service port 8443 found for service \"hook\"")]
    [InlineData(80, "no endpoints available for service \"hook\"")]
    public async Task A_services_webhook_that_cannot_be_found_is_named(long port, string why)
    {
        var space = await api.NewNamespaceAsync();
        await ServiceAsync(space, 1);
        await RegisterAsync("validatingwebhookconfigurations", space, Service(Webhook(space, "guard", "{}"), space, port, ""));

        (await MapAsync(space)).Message.Should().StartWith("Internal error occurred: failed calling webhook \"guard.example.com\": failed to call webhook: ").And.Contain(why);
    }

    // port 443 is the webhook's, among others; port 80 has no endpoints
    private async Task ServiceAsync(string space, int port)
    {
        (await api.PostAsync(
            $"/api/v1/namespaces/{space}/services",
            """{"metadata":{"name":"hook"},"spec":{"ports":[{"name":"plain","port":80},{"name":"metrics","port":9090},{"name":"https","port":443}]}}""")).Code.Should().Be(201);
        (await api.PostAsync(
            $"/api/v1/namespaces/{space}/endpoints",
            $$"""{"metadata":{"name":"hook"},"subsets":[{"addresses":[{"ip":"127.0.0.1"}],"ports":[{"name":"metrics","port":1},{"name":"https","port":{{port}} }]}]}""")).Code.Should().Be(201);
    }

    private Task<Reply> MapAsync(string space, string metadata = """{"name":"a"}""")
        => api.PostAsync($"/api/v1/namespaces/{space}/configmaps", $$$"""{"metadata":{{{metadata}}},"data":{"k":"1"}}""");

    private static JsonObject Service(JsonObject webhook, string space, long port, string bundle)
    {
        webhook["clientConfig"] = new JsonObject
        {
            ["service"] = new JsonObject { ["namespace"] = space, ["name"] = "hook", ["path"] = "/check", ["port"] = port }, ["caBundle"] = bundle,
        };
        return webhook;
    }

    private JsonObject Webhook(string space, string name, string more, string resource = "configmaps", string group = "", string version = "v1")
    {
        var webhook = JsonNode.Parse(more)!.AsObject();
        webhook["name"] = $"{name}.example.com";
        webhook["sideEffects"] = "None";
        webhook["admissionReviewVersions"] = new JsonArray("v1");
        webhook["clientConfig"] = new JsonObject { ["url"] = $"{server.Address}{name}" };
        webhook["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["kubernetes.io/metadata.name"] = space } };
        webhook["rules"] = new JsonArray(new JsonObject
        {
            ["operations"] = new JsonArray("*"), ["apiGroups"] = new JsonArray(group), ["apiVersions"] = new JsonArray(version), ["resources"] = new JsonArray(resource),
        });
        return webhook;
    }

    private async Task RegisterAsync(string resource, string name, params JsonNode[] webhooks)
    {
        var configuration = new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["webhooks"] = new JsonArray(webhooks) };
        (await api.PostAsync(Configurations + resource, configuration.ToJsonString())).Code.Should().Be(201);
        made.Add($"{Configurations}{resource}/{name}");
    }
}
