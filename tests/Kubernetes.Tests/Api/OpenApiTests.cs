using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Kubernetes.Tests.Api;

/// <summary>API-08..12: OpenAPI in both versions, and v2 in both encodings.</summary>
public sealed class OpenApiTests(ServerFixture api)
{
    private const string Protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private const string Deployment = "io.k8s.api.apps.v1.Deployment";

    // numbers of fields in gnostic's OpenAPIv2.proto
    private const int Definitions = 9;
    private const int Paths = 8;

    [Fact]
    public async Task API_08_the_root_names_a_document_for_each_group_and_version()
    {
        var paths = (await api.GetAsync("/openapi/v3")).Body!["paths"]!.AsObject();

        paths.Select(path => path.Key).Should().Contain(["api/v1", "apis/apps/v1", "apis/apiextensions.k8s.io/v1"]);
        paths["apis/apps/v1"]!["serverRelativeURL"]!.GetValue<string>().Should().MatchRegex("^/openapi/v3/apis/apps/v1\\?hash=[0-9A-F]+$");
    }

    [Fact]
    public async Task API_09_a_document_is_kept_by_its_hash_and_a_stale_hash_is_redirected()
    {
        var url = (await api.GetAsync("/openapi/v3")).Body!["paths"]!["apis/apps/v1"]!["serverRelativeURL"]!.GetValue<string>();
        var document = await api.GetAsync(url);
        document.Code.Should().Be(200);
        document.Headers["ETag"].Should().MatchRegex("^\"[0-9A-F]+\"$");
        document.Headers["Cache-Control"].Should().Contain("immutable");

        using var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        }) { BaseAddress = api.Server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", api.Server.AdminToken);
        using var stale = await client.GetAsync("/openapi/v3/apis/apps/v1?hash=0", TestContext.Current.CancellationToken);
        ((int)stale.StatusCode).Should().Be(301);
        stale.Headers.Location!.ToString().Should().Be(url);
    }

    [Theory, InlineData("api/v1", "/api/v1/namespaces/{name}", "Namespace"), InlineData("apis/apps/v1", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "Deployment")]
    public async Task API_10_patches_say_their_kind_and_that_fields_can_be_validated(string document, string path, string kind)
    {
        var patch = (await api.GetAsync($"/openapi/v3/{document}")).Body!["paths"]![path]!["patch"]!;

        patch["x-kubernetes-group-version-kind"]!["kind"]!.GetValue<string>().Should().Be(kind);
        patch["parameters"]!.AsArray().Should().Contain(parameter => parameter!["name"]!.GetValue<string>() == "fieldValidation" && parameter["in"]!.GetValue<string>() == "query");
        patch["requestBody"]!["content"]!.AsObject().Select(type => type.Key).Should().Contain("application/strategic-merge-patch+json", "API-11");
    }

    [Fact]
    public async Task API_12_v2_in_json_has_kinds_merge_keys_and_patches()
    {
        var document = (await api.GetAsync("/openapi/v2")).Body!;

        document["swagger"]!.GetValue<string>().Should().Be("2.0");
        var deployment = document["definitions"]![Deployment]!;
        deployment["x-kubernetes-group-version-kind"]![0]!.ToJsonString().Should().Be("""{"group":"apps","version":"v1","kind":"Deployment"}""");
        deployment["properties"]!["spec"]!["$ref"]!.GetValue<string>().Should().Be("#/definitions/io.k8s.api.apps.v1.DeploymentSpec");
        var containers = document["definitions"]!["io.k8s.api.core.v1.PodSpec"]!["properties"]!["containers"]!;
        containers["x-kubernetes-patch-merge-key"]!.GetValue<string>().Should().Be("name");
        containers["x-kubernetes-patch-strategy"]!.GetValue<string>().Should().Be("merge");
        var surge = document["definitions"]!["io.k8s.api.apps.v1.RollingUpdateDeployment"]!["properties"]!["maxSurge"]!;
        surge.ToJsonString().Should().Be("""{"format":"int-or-string","type":"string"}""");
        var patch = document["paths"]!["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]!["patch"]!;
        patch["consumes"]!.AsArray().Select(type => type!.GetValue<string>()).Should().Contain("application/strategic-merge-patch+json");
        document["definitions"]!.AsObject().Select(definition => definition.Value!.ToJsonString()).Should()
            .NotContain(definition => definition.Contains("\"oneOf\":[") || definition.Contains("\"allOf\":[") || definition.Contains("components/schemas"));
    }

    [Fact]
    public async Task API_12_v2_in_protobuf_says_the_same()
    {
        using var response = await ProtobufAsync(null);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
        var message = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        ProtobufFields.Of(message)[1].Single().ToStringUtf8().Should().Be("2.0");
        var deployment = Value(Part(message, Definitions), Deployment);
        var extension = ProtobufFields.Of(ProtobufFields.Of(deployment)[31].Single().ToByteArray());
        extension[1].Single().ToStringUtf8().Should().Be("x-kubernetes-group-version-kind");
        ProtobufFields.Of(extension[2].Single().ToByteArray())[2].Single().ToStringUtf8().Should().Be("[{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\"}]\n");
        var spec = Value(ProtobufFields.Of(deployment)[25].Single().ToByteArray(), "spec");
        ProtobufFields.Of(spec)[1].Single().ToStringUtf8().Should().Be("#/definitions/io.k8s.api.apps.v1.DeploymentSpec");
        var patch = ProtobufFields.Of(Value(Part(message, Paths), "/api/v1/namespaces/{namespace}/pods/{name}", 2))[8].Single().ToByteArray();
        ProtobufFields.Of(patch)[7].Select(type => type.ToStringUtf8()).Should().Contain("application/strategic-merge-patch+json");
        ProtobufFields.Of(patch)[8].Should().HaveCount(5, "the body, dryRun, fieldManager, fieldValidation and force");
    }

    [Fact]
    public async Task API_12_a_document_that_a_client_has_is_not_sent_again_until_a_definition_comes()
    {
        using var first = await ProtobufAsync(null);
        var group = $"g{Guid.NewGuid():N}.example.com";
        using (var second = await ProtobufAsync(first.Headers.ETag!.Tag))
        {
            // another test may have made a definition meanwhile
            ((int)second.StatusCode).Should().BeOneOf(304, 200);
        }

        (await api.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
            {"metadata":{"name":"cogs.GROUP"},"spec":{"group":"GROUP","scope":"Namespaced","names":{"plural":"cogs","singular":"cog","kind":"Cog"},"versions":[
             {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{
              "teeth":{"type":"integer","minimum":3},"size":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]},"note":{"type":"string","nullable":true}}}}}}}]}}
            """.Replace("GROUP", group))).Code.Should().Be(201);
        using var third = await ProtobufAsync(first.Headers.ETag.Tag);
        third.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        var name = $"com.example.{group.Split('.')[0]}.v1.Cog";
        Value(Part(await third.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), Definitions), name).Should().NotBeEmpty();
        var spec = (await api.GetAsync("/openapi/v2")).Body!["definitions"]![name]!["properties"]!["spec"]!["properties"]!;
        JsonNode.DeepEquals(spec, JsonNode.Parse("""{"teeth":{"type":"integer","minimum":3},"size":{"x-kubernetes-int-or-string":true},"note":{}}""")).Should().BeTrue("but {0}", spec.ToJsonString());
    }

    [Fact]
    public async Task API_12_other_encodings_are_not_acceptable() => (await api.GetAsync("/openapi/v2", "text/html")).Code.Should().Be(406);

    private async Task<HttpResponseMessage> ProtobufAsync(string? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        request.Headers.TryAddWithoutValidation("Accept", Protobuf);
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }
        return await api.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static byte[] Part(byte[] document, int field) => ProtobufFields.Of(document)[field].Single().ToByteArray();

    /// <summary>The value of a name among NamedX messages.</summary>
    private static byte[] Value(byte[] message, string name, int field = 1)
    {
        var found = ProtobufFields.Of(message)[field].Select(item => ProtobufFields.Of(item.ToByteArray())).Single(item => item[1].Single().ToStringUtf8() == name);
        return found[2].SingleOrDefault(ByteString.Empty).ToByteArray();
    }
}
