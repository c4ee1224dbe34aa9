using ArgoCd.Comparison;

namespace ArgoCd.Tests.Comparison;

public sealed class ThreeWayMergeTests
{
    private static string Predict(string? applied, string desired, string live, bool strategic = true)
        => ThreeWayMerge.Predict(applied is null ? null : Yaml.Json(applied), Yaml.Json(desired), Yaml.Json(live), strategic)["spec"]!.ToJsonString();

    private static string Spec(string spec) => $"{{apiVersion: v1, kind: X, spec: {spec}}}";

    [Fact]
    public void A_container_is_merged_by_name_and_one_of_others_stays()
        => Predict(
            Spec("{containers: [{name: app, image: v1, command: [x]}]}"),
            Spec("{containers: [{name: app, image: v2}]}"),
            Spec("{containers: [{name: app, image: v1, command: [x], imagePullPolicy: Always}, {name: sidecar, image: s}]}"))
        .Should().Be("""{"containers":[{"name":"app","image":"v2","imagePullPolicy":"Always"},{"name":"sidecar","image":"s"}]}""");

    [Fact]
    public void A_container_dropped_from_the_manifest_goes()
        => Predict(
            Spec("{containers: [{name: app, image: v1}, {name: old, image: o}]}"),
            Spec("{containers: [{name: app, image: v1}]}"),
            Spec("{containers: [{name: app, image: v1}, {name: old, image: o}]}"))
        .Should().Be("""{"containers":[{"name":"app","image":"v1"}]}""");

    [Fact]
    public void The_same_port_of_two_protocols_stays_two_ports()
        => Predict(
            Spec("{ports: [{port: 53, protocol: TCP}, {port: 53, protocol: UDP}]}"),
            Spec("{ports: [{port: 53, protocol: TCP}, {port: 53, protocol: UDP}]}"),
            Spec("{ports: [{port: 53, protocol: TCP, targetPort: 53}, {port: 53, protocol: UDP, targetPort: 53}]}"))
        .Should().Be("""{"ports":[{"port":53,"protocol":"TCP","targetPort":53},{"port":53,"protocol":"UDP","targetPort":53}]}""");

    [Fact]
    public void A_list_of_a_custom_resource_is_replaced_when_it_really_differs()
        => Predict(
            Spec("{steps: [{setWeight: 20}]}"),
            Spec("{steps: [{setWeight: 40}, {pause: {}}]}"),
            Spec("{steps: [{setWeight: 20}]}"),
            strategic: false)
        .Should().Be("""{"steps":[{"setWeight":40},{"pause":{}}]}""");

    [Fact]
    public void A_field_removed_inside_a_list_item_goes()
        => Predict(
            Spec("{steps: [{pause: {duration: 10}}]}"),
            Spec("{steps: [{pause: {}}]}"),
            Spec("{steps: [{pause: {duration: 10}}]}"),
            strategic: false)
        .Should().Be("""{"steps":[{"pause":{}}]}""");

    [Fact]
    public void A_null_in_the_manifest_removes_the_field()
        => Predict(null, Spec("{replicas: null, paused: true}"), Spec("{replicas: 3}")).Should().Be("""{"paused":true}""");

    [Fact]
    public void Applying_the_same_again_changes_nothing()
    {
        var manifest = LastApplied.Annotate(Yaml.Json(Spec("{a: 1, list: [{b: 2}]}")));
        var live = (System.Text.Json.Nodes.JsonObject)manifest.DeepClone();
        live["status"] = new System.Text.Json.Nodes.JsonObject { ["x"] = 1 };
        live["spec"]!["list"]![0]!["defaulted"] = true;

        var predicted = ThreeWayMerge.Predict(LastApplied.Of(live), manifest, live, strategic: true);

        MergePatch.Create(live, predicted).Should().BeEmpty();
    }
}
