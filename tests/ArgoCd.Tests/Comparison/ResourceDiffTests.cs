using ArgoCd.Applications;
using ArgoCd.Comparison;
using Controllers.Runtime.Client;

namespace ArgoCd.Tests.Comparison;

public sealed class ResourceDiffTests
{
    private const string Service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: http}]
        """;

    private static Unstructured Live(string applied, string added)
    {
        var live = LastApplied.Annotate(Yaml.Json(applied));
        ThreeWayMerge.Predict(null, Yaml.Json(added), live, strategic: true).ToList().ForEach(field => live[field.Key] = field.Value?.DeepClone());
        return new Unstructured(live);
    }

    private static bool IsModified(string desired, Unstructured live, params IgnoreDifference[] ignored)
        => ResourceDiff.Of(Yaml.Object(desired), live, ignored).Modified;

    private static Unstructured Defaulted() => Live(Service, """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop, uid: u, resourceVersion: "7", managedFields: [{manager: m}], creationTimestamp: "2026-01-01T00:00:00Z"}
        spec:
          type: ClusterIP
          clusterIP: 10.0.0.1
          ports: [{name: http, port: 80, targetPort: http, protocol: TCP}]
        status: {loadBalancer: {}}
        """);

    [Fact]
    public void What_the_server_added_is_no_difference() => IsModified(Service, Defaulted()).Should().BeFalse();

    [Fact]
    public void A_changed_value_is_a_difference() => IsModified(Service.Replace("targetPort: http", "targetPort: web"), Defaulted()).Should().BeTrue();

    [Fact]
    public void A_field_removed_from_the_manifest_is_a_difference()
        => IsModified(Service.Replace("selector: {app: web}", "selector: {}"), Defaulted()).Should().BeTrue();

    [Fact]
    public void A_label_that_somebody_added_is_no_difference()
    {
        var live = Defaulted();
        live.Json["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["theirs"] = "x" };
        IsModified(Service, live).Should().BeFalse();
    }

    [Fact]
    public void A_selector_key_that_a_controller_added_is_no_difference()
    {
        // Argo Rollouts adds rollouts-pod-template-hash to the services of a Rollout
        var live = Defaulted();
        live.Json["spec"]!["selector"]!["rollouts-pod-template-hash"] = "6f7d";
        IsModified(Service, live).Should().BeFalse();
    }

    [Fact]
    public void A_value_that_somebody_changed_is_a_difference()
    {
        var live = Defaulted();
        live.Json["spec"]!["selector"]!["app"] = "other";
        IsModified(Service, live).Should().BeTrue();
    }

    [Theory]
    [InlineData("/spec/selector/app", null)]
    [InlineData(null, ".spec.selector.app")]
    [InlineData(null, ".spec.selector[\"app\"]")]
    public void An_ignored_path_is_no_difference(string? pointer, string? jq)
    {
        var live = Defaulted();
        live.Json["spec"]!["selector"]!["app"] = "other";
        IsModified(Service, live, new IgnoreDifference
        {
            Kind = "Service",
            JsonPointers = pointer is null ? null : [pointer],
            JqPathExpressions = jq is null ? null : [jq],
        }).Should().BeFalse();
    }

    [Fact]
    public void A_path_ignored_for_another_kind_is_a_difference()
    {
        var live = Defaulted();
        live.Json["spec"]!["selector"]!["app"] = "other";
        IsModified(Service, live, new IgnoreDifference { Kind = "Deployment", JsonPointers = ["/spec/selector/app"] }).Should().BeTrue();
    }

    [Fact]
    public void Quantities_that_mean_the_same_are_no_difference()
    {
        const string Rollout = """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: a, resources: {requests: {cpu: "0.005", memory: 32Mi}}}]}}}
            """;
        IsModified(Rollout, Live(Rollout.Replace("\"0.005\"", "5m"), "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: web}}")).Should().BeFalse();
        IsModified(Rollout, Live(Rollout.Replace("\"0.005\"", "6m"), "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: web}}")).Should().BeTrue();
    }

    [Fact]
    public void Defaults_inside_lists_of_a_custom_resource_are_no_difference()
    {
        const string Rollout = """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: a, ports: [{containerPort: 8080}]}]}}}
            """;
        var live = Live(Rollout, """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: a, ports: [{containerPort: 8080, protocol: TCP}]}]}}}
            status: {phase: Healthy}
            """);
        IsModified(Rollout, live).Should().BeFalse();
        IsModified(Rollout.Replace("8080", "8081"), live).Should().BeTrue();
    }

    [Fact]
    public void A_secret_written_with_stringData_equals_its_encoded_data()
        => IsModified(
            "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {key: value}}",
            Yaml.Object("{apiVersion: v1, kind: Secret, metadata: {name: s}, type: Opaque, data: {key: dmFsdWU=}}")).Should().BeFalse();

    [Fact]
    public void A_missing_and_an_extraneous_object_are_differences()
    {
        ResourceDiff.Of(Yaml.Object(Service), null, []).Modified.Should().BeTrue();
        ResourceDiff.Of(null, Yaml.Object(Service), []).Modified.Should().BeTrue();
    }

    [Theory]
    [InlineData("/spec/replicas", null, """{"replicas":7,"containers":[{"name":"a","image":"v1"},{"name":"b","image":"v1"}]}""")]
    [InlineData(null, ".spec.containers[] | select(.name == \"b\") | .image", """{"replicas":3,"containers":[{"name":"a","image":"v1"},{"name":"b","image":"live"}]}""")]
    [InlineData(null, ".spec.containers[].image", """{"replicas":3,"containers":[{"name":"a","image":"live"},{"name":"b","image":"live"}]}""")]
    public void A_sync_that_respects_ignored_fields_writes_their_live_values(string? pointer, string? jq, string spec)
    {
        const string Desired = "{apiVersion: v1, kind: X, spec: {replicas: 3, containers: [{name: a, image: v1}, {name: b, image: v1}]}}";
        const string Live = "{apiVersion: v1, kind: X, spec: {replicas: 7, containers: [{name: a, image: live}, {name: b, image: live}]}}";
        IgnoreDifference[] ignored = [new() { Kind = "X", JsonPointers = pointer is null ? null : [pointer], JqPathExpressions = jq is null ? null : [jq] }];

        IgnoredFields.Respect(Yaml.Object(Desired), Yaml.Object(Live), ignored).Json["spec"]!.ToJsonString().Should().Be(spec);
    }
}
