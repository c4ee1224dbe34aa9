using System.Text.Json.Nodes;
using ArgoRollouts.ReplicaSets;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Tests.ReplicaSets;

public sealed class PodTemplateHashTests
{
    [Fact]
    public void A_template_is_written_as_go_writes_it()
    {
        const string yaml = """
            {"spec":{"restartPolicy":"Always","containers":[{"image":"a<b>&c","name":"demo","resources":{"requests":{"memory":"1024Mi","cpu":"1000m"}},
              "ports":[{"containerPort":8080,"name":"http"}],"env":[{"value":"","name":"E"}],"livenessProbe":{"httpGet":{"port":"http"},"periodSeconds":0},"stdin":false}],
              "terminationGracePeriodSeconds":0,"unknown":1},
             "metadata":{"labels":{"b":"2","a":"1"},"creationTimestamp":null}}
            """;

        const string expected = """
            {"metadata":{"labels":{"a":"1","b":"2"}},
            "spec":{"containers":[{"name":"demo","image":"a\u003cb\u003e\u0026c","ports":[{"name":"http","containerPort":8080}],"env":[{"name":"E"}],
            "resources":{"requests":{"cpu":"1","memory":"1Gi"}},"livenessProbe":{"httpGet":{"port":"http"}}}],
            "restartPolicy":"Always","terminationGracePeriodSeconds":0}}
            """;
        GoJson.Write(JsonNode.Parse(yaml), "PodTemplateSpec").Should().Be(expected.Replace("\n", ""));
    }

    [Fact]
    public void The_hash_depends_on_the_template_and_on_the_collision_count_only()
    {
        var blue = Build.BlueGreen().Spec.Template!;
        var green = KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(blue));
        green.Spec.Containers[0].Image = "argoproj/rollouts-demo:green";

        PodTemplateHash.Of(blue, null).Should().Be(PodTemplateHash.Of(KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(blue)), null));
        PodTemplateHash.Of(blue, null).Should().NotBe(PodTemplateHash.Of(green, null));
        PodTemplateHash.Of(blue, 1).Should().NotBe(PodTemplateHash.Of(blue, null)).And.NotBe(PodTemplateHash.Of(blue, 2));
        PodTemplateHash.Of(blue, null).Should().MatchRegex("^[bcdfghjklmnpqrstvwxz2456789]{1,10}$");
    }

    [Fact]
    public void A_template_with_the_servers_defaults_is_still_the_same()
    {
        var desired = Build.BlueGreen().Spec.Template!;
        var live = KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(desired));
        live.Metadata.Labels["rollouts-pod-template-hash"] = "abc";
        live.Spec.RestartPolicy = "Always";
        live.Spec.DnsPolicy = "ClusterFirst";
        live.Spec.SchedulerName = "default-scheduler";
        live.Spec.SecurityContext = new V1PodSecurityContext();
        live.Spec.TerminationGracePeriodSeconds = 30;
        live.Spec.ServiceAccount = "default";
        live.Spec.Containers[0].TerminationMessagePath = "/dev/termination-log";
        live.Spec.Containers[0].TerminationMessagePolicy = "File";
        live.Spec.Containers[0].ImagePullPolicy = "IfNotPresent";
        live.Spec.Containers[0].Resources = new V1ResourceRequirements();

        PodTemplateEquality.EqualIgnoreHash(live, desired).Should().BeTrue();

        live.Spec.Containers[0].ImagePullPolicy = "Always";
        PodTemplateEquality.EqualIgnoreHash(live, desired).Should().BeFalse();
    }
}
