using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Tests.Api;

/// <summary>Admission webhooks over real HTTP.</summary>
public sealed class WebhookTests(ServerFixture api) : IAsyncLifetime
{
    private const string Configurations = "/apis/admissionregistration.k8s.io/v1/";
    private readonly List<JsonNode> asked = [];
    private readonly List<string> made = [];
    private WebApplication server = null!;
    private Func<JsonNode, JsonObject> answer = _ => new JsonObject { ["allowed"] = true };

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(async http =>
        {
            var review = (await JsonNode.ParseAsync(http.Request.Body))!;
            asked.Add(review);
            var response = answer(review["request"]!);
            response["uid"] = review["request"]!["uid"]!.DeepClone();
            await http.Response.WriteAsync(new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = "admission.k8s.io/v1", ["response"] = response }.ToJsonString());
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var path in made)
        {
            await api.DeleteAsync(path);
        }
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_mutating_webhook_changes_what_is_stored()
    {
        var space = await api.NewNamespaceAsync();
        answer = _ => new JsonObject
        {
            ["allowed"] = true,
            ["patchType"] = "JSONPatch",
            ["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("""[{"op":"add","path":"/data/added","value":"yes"}]""")),
        };
        await RegisterAsync("mutatingwebhookconfigurations", "mutate", space, server.Urls.First());

        var created = await api.PostAsync($"/api/v1/namespaces/{space}/configmaps", """{"metadata":{"name":"a"},"data":{"x":"1"}}""");

        created.Body!["data"]!.ToJsonString().Should().Be("""{"added":"yes","x":"1"}""");
        asked.Should().ContainSingle().Which["request"]!["userInfo"]!["username"]!.GetValue<string>().Should().Be("kubernetes-admin");
        (await api.PostAsync($"/api/v1/namespaces/{space}/secrets", """{"metadata":{"name":"a"}}""")).Code.Should().Be(201);
        asked.Should().ContainSingle("the rule is about config maps");
    }

    [Fact]
    public async Task A_validating_webhook_refuses_with_its_words()
    {
        var space = await api.NewNamespaceAsync();
        answer = _ => new JsonObject { ["allowed"] = false, ["status"] = new JsonObject { ["message"] = "not on Fridays" } };
        await RegisterAsync("validatingwebhookconfigurations", "refuse", space, server.Urls.First());

        var refused = await api.PostAsync($"/api/v1/namespaces/{space}/configmaps", """{"metadata":{"name":"a"}}""");

        refused.Code.Should().Be(403);
        refused.Message.Should().Be("admission webhook \"refuse.example.com\" denied the request: not on Fridays");
        (await api.GetAsync($"/api/v1/namespaces/{space}/configmaps/a")).Code.Should().Be(404);
    }

    [Theory, InlineData("Fail", 500), InlineData("Ignore", 201)]
    public async Task A_webhook_that_cannot_be_reached_fails_or_is_ignored(string policy, int code)
    {
        var space = await api.NewNamespaceAsync();
        await RegisterAsync("validatingwebhookconfigurations", "silent-" + policy.ToLowerInvariant(), space, "http://127.0.0.1:1", policy);

        (await api.PostAsync($"/api/v1/namespaces/{space}/configmaps", """{"metadata":{"name":"a"}}""")).Code.Should().Be(code);
    }

    [Theory, InlineData("None", 201), InlineData("NoneOnDryRun", 201), InlineData("Some", 400)]
    public async Task API_55_a_dry_run_only_asks_webhooks_without_side_effects(string sideEffects, int code)
    {
        var space = await api.NewNamespaceAsync();
        await RegisterAsync("validatingwebhookconfigurations", "effects-" + sideEffects.ToLowerInvariant(), space, server.Urls.First(), sideEffects: sideEffects);

        var reply = await api.PostAsync($"/api/v1/namespaces/{space}/configmaps?dryRun=All", """{"metadata":{"name":"a"}}""");

        reply.Code.Should().Be(code);
        if (code == 400)
        {
            reply.Message.Should().Be("admission webhook \"effects-some.example.com\" does not support dry run");
            asked.Should().BeEmpty();
        }
        else
        {
            asked.Should().ContainSingle().Which["request"]!["dryRun"]!.GetValue<bool>().Should().BeTrue();
        }
    }

    private async Task RegisterAsync(string resource, string name, string space, string url, string policy = "Fail", string sideEffects = "None")
    {
        var webhook = new JsonObject
        {
            ["name"] = $"{name}.example.com",
            ["failurePolicy"] = policy,
            ["sideEffects"] = sideEffects,
            ["admissionReviewVersions"] = new JsonArray("v1"),
            ["clientConfig"] = new JsonObject { ["url"] = url },
            ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["kubernetes.io/metadata.name"] = space } },
            ["rules"] = new JsonArray(new JsonObject
            {
                ["operations"] = new JsonArray("CREATE"), ["apiGroups"] = new JsonArray(""), ["apiVersions"] = new JsonArray("v1"), ["resources"] = new JsonArray("configmaps"),
            }),
        };
        var configuration = new JsonObject { ["metadata"] = new JsonObject { ["name"] = $"{name}-{space}" }, ["webhooks"] = new JsonArray(webhook) };
        (await api.PostAsync(Configurations + resource, configuration.ToJsonString())).Code.Should().Be(201);
        made.Add($"{Configurations}{resource}/{name}-{space}");
    }
}
