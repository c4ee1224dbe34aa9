using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api.Admission;

/// <summary>matchConditions of webhooks: which writes never reach them. The webhook cannot be reached, so that being asked is a failure.</summary>
public sealed class MatchConditionTests(ServerFixture api) : IAsyncLifetime
{
    private const string Configurations = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    private readonly List<string> made = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var name in made)
        {
            await api.DeleteAsync($"{Configurations}/{name}");
        }
    }

    [Theory]
    [InlineData("true", 500)]
    [InlineData("false", 201)]
    [InlineData("object.metadata.name == 'a' && oldObject == null && request.operation == 'CREATE' && !request.dryRun", 500)]
    [InlineData("request.userInfo.username != 'kubernetes-admin'", 201)]
    [InlineData("request.resource.resource == 'configmaps' && request.kind.kind == 'ConfigMap' && request.namespace == object.metadata.namespace", 500)]
    [InlineData("namespaceObject == null", 500)]
    [InlineData("authorizer.group('').resource('pods').namespace('x').check('create').allowed()", 500)]
    [InlineData("authorizer.group('').resource('pods').subresource('log').namespace('n').name('m').check('get').reason() == 'x'", 201)]
    [InlineData("authorizer.requestResource.check('create').allowed()", 500)]
    [InlineData("authorizer.path('/healthz').check('get').errored()", 201)]
    public async Task What_does_not_meet_the_conditions_is_passed_over(string condition, int code)
    {
        var space = await api.NewNamespaceAsync();
        (await RegisterAsync(space, "Fail", condition)).Code.Should().Be(201);

        (await CreateAsync(space)).Code.Should().Be(code);
    }

    [Fact]
    public async Task A_condition_that_fails_refuses_the_write()
    {
        var space = await api.NewNamespaceAsync();
        await RegisterAsync(space, "Fail", "object.data.x == '1'", "true");

        var refused = await CreateAsync(space);

        refused.Code.Should().Be(403);
        refused.Message.Should().Be("configmaps \"a\" is forbidden: expression 'object.data.x == '1'' resulted in error: no such key: data");
    }

    [Theory, InlineData("Ignore", "object.data.x == '1'"), InlineData("Fail", "object.data.x == '1'", "false")]
    public async Task A_condition_that_fails_is_ignored_by_policy_or_beside_one_that_is_false(string policy, params string[] conditions)
    {
        var space = await api.NewNamespaceAsync();
        await RegisterAsync(space, policy, conditions);

        (await CreateAsync(space)).Code.Should().Be(201);
    }

    /// <summary>As v1.35.6 answers.</summary>
    [Theory]
    [InlineData("1 +", "webhooks[0].matchConditions[0].expression: Invalid value: \"1 +\": compilation failed: ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting")]
    [InlineData("1", "webhooks[0].matchConditions[0].expression: Invalid value: \"1\": must evaluate to bool but got int")]
    [InlineData("object.foo()", "webhooks[0].matchConditions[0].expression: Invalid value: \"object.foo()\": compilation failed: ERROR: <input>:1:11: undeclared reference to 'foo' (in container '')\n | object.foo()\n | ..........^")]
    [InlineData("params.x", "webhooks[0].matchConditions[0].expression: Invalid value: \"params.x\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')\n | params.x\n | ^")]
    [InlineData("request.foo == 1", "webhooks[0].matchConditions[0].expression: Invalid value: \"request.foo == 1\": compilation failed: ERROR: <input>:1:8: undefined field 'foo'\n | request.foo == 1\n | .......^")]
    [InlineData("namespaceObject.x == 1", "webhooks[0].matchConditions[0].expression: Invalid value: \"namespaceObject.x == 1\": compilation failed: ERROR: <input>:1:16: undefined field 'x'")]
    [InlineData("   ", "webhooks[0].matchConditions[0].expression: Required value")]
    public async Task An_expression_that_cannot_be_meant_is_refused(string expression, string problem)
    {
        var refused = await RegisterAsync("refused", "Fail", expression);

        refused.Code.Should().Be(422);
        refused.Message.Should().StartWith($"ValidatingWebhookConfiguration.admissionregistration.k8s.io \"conditions-refused\" is invalid: {problem}");
    }

    [Fact]
    public async Task Names_are_qualified_and_told_apart()
    {
        var refused = await PostAsync("names", "Fail", [Condition("a b", "true"), Condition("x", "true"), Condition("x", "true"), Condition("", "true")]);

        refused.Message.Should().Contain("matchConditions[0].name: Invalid value: \"a b\": name part must consist of alphanumeric characters");
        refused.Message.Should().Contain("matchConditions[2].name: Duplicate value: \"x\"");
        refused.Message.Should().Contain("matchConditions[3].name: Required value");
    }

    [Fact]
    public async Task There_are_at_most_64()
    {
        var refused = await RegisterAsync("many", "Fail", [.. Enumerable.Repeat("true", 65)]);

        refused.Message.Should().EndWith("webhooks[0].matchConditions: Too many: 65: must have at most 64 items");
    }

    private Task<Reply> CreateAsync(string space) => api.PostAsync($"/api/v1/namespaces/{space}/configmaps", """{"metadata":{"name":"a"}}""");

    private Task<Reply> RegisterAsync(string space, string policy, params string[] conditions) =>
        PostAsync(space, policy, [.. conditions.Select((condition, i) => Condition($"condition-{i}", condition))]);

    private static JsonNode Condition(string name, string expression) => new JsonObject { ["name"] = name, ["expression"] = expression };

    private async Task<Reply> PostAsync(string space, string policy, JsonNode[] conditions)
    {
        var webhook = new JsonObject
        {
            ["name"] = "conditions.example.com",
            ["failurePolicy"] = policy,
            ["sideEffects"] = "None",
            ["admissionReviewVersions"] = new JsonArray("v1"),
            ["clientConfig"] = new JsonObject { ["url"] = "http://127.0.0.1:1" },
            ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["kubernetes.io/metadata.name"] = space } },
            ["matchConditions"] = new JsonArray(conditions),
            ["rules"] = new JsonArray(new JsonObject
            {
                ["operations"] = new JsonArray("CREATE"), ["apiGroups"] = new JsonArray(""), ["apiVersions"] = new JsonArray("v1"), ["resources"] = new JsonArray("configmaps"),
            }),
        };
        made.Add($"conditions-{space}");
        return await api.PostAsync(Configurations, new JsonObject { ["metadata"] = new JsonObject { ["name"] = $"conditions-{space}" }, ["webhooks"] = new JsonArray(webhook) }.ToJsonString());
    }
}
