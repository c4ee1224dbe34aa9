using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api.Access;

/// <summary>API-78: asking what is allowed.</summary>
public sealed class ReviewTests(RbacServer server) : IClassFixture<RbacServer>
{
    private const string Reviews = "/apis/authorization.k8s.io/v1";

    [Fact]
    public async Task API_78_a_self_review_answers_for_the_caller()
    {
        var account = await server.AccountAsync();
        await server.GrantAsync(account, """[{"verbs":["list"],"apiGroups":[""],"resources":["pods"]}]""");

        var yes = await account.PostAsync($"{Reviews}/selfsubjectaccessreviews", Asks(account.Namespace, "list", "pods"));
        yes.Code.Should().Be(201);
        yes.Body!["status"]!["allowed"]!.GetValue<bool>().Should().BeTrue();
        yes.Body["status"]!["reason"]!.GetValue<string>().Should()
            .Be($"RBAC: allowed by RoleBinding \"{account.Name}/{account.Namespace}\" of Role \"{account.Name}\" to ServiceAccount \"{account.Name}/{account.Namespace}\"");
        var no = await account.PostAsync($"{Reviews}/selfsubjectaccessreviews", Asks(account.Namespace, "delete", "pods"));
        no.Body!["status"]!.ToJsonString().Should().Be("""{"allowed":false}""");
    }

    [Fact]
    public async Task API_78_a_subject_review_answers_for_the_user_it_names()
    {
        var account = await server.AccountAsync();
        await server.GrantAsync(account, """[{"verbs":["list"],"apiGroups":[""],"resources":["pods"]}]""");
        var body = Asks(account.Namespace, "list", "pods").Replace("{\"spec\":{", $"{{\"spec\":{{\"user\":\"{account.User}\",");

        (await server.Admin.PostAsync($"{Reviews}/subjectaccessreviews", body)).Body!["status"]!["allowed"]!.GetValue<bool>().Should().BeTrue();
        (await server.Admin.PostAsync($"{Reviews}/namespaces/{account.Namespace}/localsubjectaccessreviews", body)).Body!["status"]!["allowed"]!.GetValue<bool>().Should().BeTrue();
        var elsewhere = await server.Admin.PostAsync($"{Reviews}/namespaces/default/localsubjectaccessreviews", body);
        elsewhere.Code.Should().Be(422);
        elsewhere.Message.Should().EndWith($"spec.resourceAttributes.namespace: Invalid value: \"{account.Namespace}\": must match metadata.namespace");
        (await account.PostAsync($"{Reviews}/subjectaccessreviews", body)).Code.Should().Be(403, "asking about others is a permission of its own");
        (await server.Admin.PostAsync($"{Reviews}/subjectaccessreviews", """{"spec":{"resourceAttributes":{"verb":"get"}}}""")).Message.Should().EndWith("spec.user: Invalid value: \"\": at least one of user or group must be specified");
    }

    [Fact]
    public async Task API_78_a_rules_review_lists_what_is_held_in_a_namespace()
    {
        var account = await server.AccountAsync();
        await server.GrantAsync(account, """[{"verbs":["list"],"apiGroups":[""],"resources":["pods"],"resourceNames":["a"]}]""");

        var status = (await account.PostAsync($"{Reviews}/selfsubjectrulesreviews", $$$"""{"spec":{"namespace":"{{{account.Namespace}}}"}}""")).Body!["status"]!;

        status["incomplete"]!.GetValue<bool>().Should().BeFalse();
        status["resourceRules"]!.AsArray().Select(rule => rule!.ToJsonString()).Should()
            .Contain("""{"verbs":["list"],"apiGroups":[""],"resources":["pods"],"resourceNames":["a"]}""")
            .And.Contain(rule => rule.Contains("selfsubjectaccessreviews"));
        status["nonResourceRules"]!.AsArray().Should().Contain(rule => rule!["nonResourceURLs"]!.AsArray().Any(url => url!.GetValue<string>() == "/api"));
        (await account.PostAsync($"{Reviews}/selfsubjectrulesreviews", "{}")).Message.Should().Be("no namespace on request");
    }

    private static string Asks(string space, string verb, string resource) => new JsonObject
    {
        ["spec"] = new JsonObject { ["resourceAttributes"] = new JsonObject { ["namespace"] = space, ["verb"] = verb, ["resource"] = resource } },
    }.ToJsonString();
}
