using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>API-51: who wrote what, for writes other than apply.</summary>
public sealed class ManagedFieldsTests(ServerFixture api)
{
    [Fact]
    public async Task API_51_a_created_deployment_belongs_to_its_creator_defaults_included()
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/deployments?fieldManager=kubectl-create";
        var created = await api.PostAsync(path, """
            {"metadata":{"name":"web","labels":{"app":"web"}},"spec":{"selector":{"matchLabels":{"app":"web"}},
             "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"main","image":"demo:v1","ports":[{"containerPort":80}]}]}}}}
            """);

        var entry = Managers(created).Single();
        entry["manager"]!.GetValue<string>().Should().Be("kubectl-create");
        entry["operation"]!.GetValue<string>().Should().Be("Update");
        entry["apiVersion"]!.GetValue<string>().Should().Be("apps/v1");
        entry["fieldsType"]!.GetValue<string>().Should().Be("FieldsV1");
        entry["time"]!.GetValue<string>().Should().Be(created.Body!["metadata"]!["creationTimestamp"]!.GetValue<string>());
        Fields(entry, """
            {"f:metadata":{"f:labels":{".":{},"f:app":{}}},
             "f:spec":{"f:progressDeadlineSeconds":{},"f:replicas":{},"f:revisionHistoryLimit":{},"f:selector":{},
              "f:strategy":{"f:rollingUpdate":{".":{},"f:maxSurge":{},"f:maxUnavailable":{}},"f:type":{}},
              "f:template":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},
               "f:spec":{"f:containers":{"k:{\"name\":\"main\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},
                "f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},"f:protocol":{}}},
                "f:resources":{},"f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},
                "f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}}}
            """);
    }

    [Fact]
    public async Task API_51_without_a_field_manager_the_user_agent_up_to_its_slash_is_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps");
        request.Headers.TryAddWithoutValidation("User-Agent", "helm/v4.0.0 (linux)");
        request.Content = new StringContent("""{"metadata":{"name":"a"},"data":{"x":"1"}}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var entry = Managers(await Reply.ReadAsync(response)).Single();
        entry["manager"]!.GetValue<string>().Should().Be("helm");
        Fields(entry, """{"f:data":{".":{},"f:x":{}}}""");
    }

    [Fact]
    public async Task API_51_changed_fields_move_to_who_changes_them_and_status_is_an_entry_of_its_own()
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/replicasets";
        await api.PostAsync(path + "?fieldManager=one", """
            {"metadata":{"name":"a"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"m","image":"i"}]}}}}
            """);
        await api.MergeAsync(path + "/a?fieldManager=two", """{"spec":{"replicas":2},"metadata":{"labels":{"l":"1"}}}""");
        var last = await api.MergeAsync(path + "/a/status?fieldManager=three", """{"status":{"replicas":2,"observedGeneration":1}}""");

        var managers = Managers(last).ToDictionary(entry => entry["manager"]!.GetValue<string>());
        managers["one"]["fieldsV1"]!["f:spec"]!.AsObject().Select(field => field.Key).Should().NotContain("f:replicas").And.Contain("f:template");
        Fields(managers["two"], """{"f:metadata":{"f:labels":{".":{},"f:l":{}}},"f:spec":{"f:replicas":{}}}""");
        managers["three"]["subresource"]!.GetValue<string>().Should().Be("status");
        Fields(managers["three"], """{"f:status":{"f:observedGeneration":{},"f:replicas":{}}}""");
        (await api.MergeAsync(path + "/a?fieldManager=four", """{"spec":{"replicas":2}}""")).Version.Should().Be(last.Version, "who changes nothing owns nothing");
    }

    [Fact]
    public async Task API_51_entries_may_be_edited_and_an_empty_list_changes_nothing()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var created = await api.PostAsync(path + "?fieldManager=kubectl-client-side-apply", """{"metadata":{"name":"a"},"data":{"x":"1"}}""");

        // what kubectl sends when it moves from client-side to server-side apply
        var moved = await api.PatchAsync(path + "/a", """[{"op":"replace","path":"/metadata/managedFields/0/manager","value":"kubectl"},{"op":"replace","path":"/metadata/managedFields/0/operation","value":"Apply"}]""", "application/json-patch+json");
        Managers(moved).Select(entry => $"{entry["manager"]}/{entry["operation"]}").Should().Equal("kubectl/Apply");
        (await api.MergeAsync(path + "/a", """{"metadata":{"managedFields":[]}}""")).Version.Should().Be(moved.Version);
        moved.Version.Should().NotBe(created.Version);
    }

    private static List<JsonNode> Managers(Reply reply) => [.. reply.Body!["metadata"]!["managedFields"]!.AsArray().Select(entry => entry!)];

    private static void Fields(JsonNode entry, string expected) =>
        JsonNode.DeepEquals(entry["fieldsV1"], JsonNode.Parse(expected)).Should().BeTrue("but they are {0}", entry["fieldsV1"]!.ToJsonString());
}
