using Google.Protobuf;

namespace Kubernetes.Tests.Api.Mutations;

/// <summary>Requests that a server with the objects of <see cref="Before"/> accepts: what the mutations start from.</summary>
internal static class ValidRequests
{
    private const string Json = "application/json";
    private const string Merge = "application/merge-patch+json";
    private const string Space = "/api/v1/namespaces/default";
    private const string Apps = "/apis/apps/v1/namespaces/default";

    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"app":"web"},"annotations":{"note":"x"}},
         "spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"strategy":{"rollingUpdate":{"maxSurge":"25%"}},
          "template":{"metadata":{"labels":{"app":"web"}},"spec":{"terminationGracePeriodSeconds":5,"containers":[
           {"name":"main","image":"demo:v1","ports":[{"containerPort":80,"name":"http"}],"env":[{"name":"A","value":"b"}],
            "resources":{"requests":{"cpu":"5m","memory":"32Mi"}},"readinessProbe":{"httpGet":{"path":"/","port":"http"}}}]}}}}
        """;

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"cogs.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
         "names":{"plural":"cogs","singular":"cog","kind":"Cog","shortNames":["cg"]},"versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{},
          "scale":{"specReplicasPath":".spec.teeth","statusReplicasPath":".status.teeth"}},"additionalPrinterColumns":[{"name":"Teeth","type":"integer","jsonPath":".spec.teeth"}],
          "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","required":["teeth"],"properties":{"teeth":{"type":"integer","minimum":1,"default":3},
           "name":{"type":"string","pattern":"^[a-z]+$","maxLength":9},"parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["id"],
            "items":{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}}}}},"status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}
        """;

    private const string Cog = """{"apiVersion":"example.com/v1","kind":"Cog","metadata":{"name":"big"},"spec":{"teeth":12,"name":"abc","parts":[{"id":"a"},{"id":"b"}]}}""";

    /// <summary>What has to be there first.</summary>
    public static IEnumerable<SentRequest> Before =>
    [
        SentRequest.Of("POST", $"{Space}/configmaps", Json, """{"metadata":{"name":"old"},"data":{"k":"v"}}"""),
        SentRequest.Of("POST", $"{Apps}/deployments", Json, Deployment.Replace("\"name\":\"web\",\"labels\"", "\"name\":\"old\",\"labels\"")),
        SentRequest.Of("POST", $"{Space}/serviceaccounts", Json, """{"metadata":{"name":"robot"}}"""),
        SentRequest.Of("POST", $"{Space}/pods", Json, """{"metadata":{"name":"old"},"spec":{"containers":[{"name":"c","image":"i"}]}}"""),
        SentRequest.Of("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Json, Definition),
        SentRequest.Of("POST", "/apis/example.com/v1/namespaces/default/cogs", Json, Cog.Replace("big", "old")),
    ];

    public static IReadOnlyList<SentRequest> All { get; } =
    [
        SentRequest.Of("POST", $"{Space}/configmaps?fieldManager=test&fieldValidation=Strict", Json, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"new-"},"data":{"k":"v"},"binaryData":{"b":"AAEC"}}"""),
        SentRequest.Of("POST", $"{Space}/configmaps?dryRun=All", "application/yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\n  labels: {a: &x b, c: *x}\ndata:\n  text: |\n    lines\n"),
        SentRequest.Of("POST", $"{Space}/configmaps", "application/vnd.kubernetes.protobuf") with { Body = ProtobufConfigMap() },
        SentRequest.Of("PUT", $"{Space}/configmaps/old", Json, """{"metadata":{"name":"old"},"data":{"k":"w"}}"""),
        SentRequest.Of("PATCH", $"{Space}/configmaps/old", Merge, """{"data":{"m":"1","k":null},"metadata":{"labels":{"a":"b"}}}"""),
        SentRequest.Of("PATCH", $"{Space}/configmaps/old", "application/json-patch+json", """[{"op":"test","path":"/metadata/name","value":"old"},{"op":"add","path":"/data/x~1y","value":"1"},{"op":"copy","from":"/data/x~1y","path":"/data/z"},{"op":"remove","path":"/data/z"}]"""),
        SentRequest.Of("PATCH", $"{Space}/configmaps/applied?fieldManager=me&force=true", "application/apply-patch+yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: applied, labels: {a: b}}\ndata: {k: v}\n"),
        SentRequest.Of("POST", $"{Apps}/deployments", Json, Deployment),
        SentRequest.Of("PUT", $"{Apps}/deployments/old", Json, Deployment.Replace("\"name\":\"web\",\"labels\"", "\"name\":\"old\",\"labels\"")),
        SentRequest.Of("PATCH", $"{Apps}/deployments/old", "application/strategic-merge-patch+json", """{"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"main"}],"containers":[{"name":"main","image":"demo:v2","ports":[{"containerPort":81,"$patch":"delete"}]}]}}}}"""),
        SentRequest.Of("PATCH", $"{Apps}/deployments/old?fieldManager=me&force=true", "application/apply-patch+yaml", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"old"},"spec":{"template":{"spec":{"containers":[{"name":"main","image":"demo:v3"}]}}}}"""),
        SentRequest.Of("PATCH", $"{Apps}/deployments/old/status", Merge, """{"status":{"replicas":2,"conditions":[{"type":"Available","status":"True"}]}}"""),
        SentRequest.Of("PUT", $"{Apps}/deployments/old/scale", Json, """{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"old"},"spec":{"replicas":3}}"""),
        SentRequest.Of("DELETE", $"{Space}/configmaps/none?propagationPolicy=Foreground", Json, """{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"preconditions":{"uid":"x"}}"""),
        SentRequest.Of("GET", $"{Space}/configmaps?labelSelector=a%3Db,c%20in%20(d,e),!f&fieldSelector=metadata.name%3Dold&limit=2&resourceVersion=0"),
        SentRequest.Of("GET", $"{Space}/configmaps?limit=1&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ"),
        SentRequest.Of("GET", "/api/v1/pods?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=0"),
        SentRequest.Of("GET", $"{Apps}/deployments?includeObject=Metadata") with { Accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json" },
        SentRequest.Of("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Json, Definition.Replace("cogs", "cams").Replace("\"Cog\"", "\"Cam\"").Replace("\"cog\"", "\"cam\"")),
        SentRequest.Of("PATCH", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/cogs.example.com", Merge, """{"metadata":{"labels":{"a":"b"}}}"""),
        SentRequest.Of("POST", "/apis/example.com/v1/namespaces/default/cogs", Json, Cog),
        SentRequest.Of("PATCH", "/apis/example.com/v1/namespaces/default/cogs/old?fieldManager=me", "application/apply-patch+yaml", Cog.Replace("big", "old")),
        SentRequest.Of("PATCH", "/apis/example.com/v1/namespaces/default/cogs/old/scale", Merge, """{"spec":{"replicas":4}}"""),
        SentRequest.Of("GET", "/apis/example.com/v1/namespaces/default/cogs") with { Accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json" },
        SentRequest.Of("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", Json, """{"spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}"""),
        SentRequest.Of("POST", $"{Space}/serviceaccounts/robot/token", Json, """{"spec":{"audiences":["x"],"expirationSeconds":3600}}"""),
        SentRequest.Of("POST", $"{Space}/pods/old/binding", Json, """{"metadata":{"name":"old"},"target":{"kind":"Node","name":"n"}}"""),
        SentRequest.Of("POST", $"{Space}/pods/old/eviction", Json, """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"old"},"deleteOptions":{"dryRun":["All"]}}"""),
        SentRequest.Of("POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles", Json, """{"metadata":{"name":"r"},"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]}"""),
        SentRequest.Of("POST", $"{Space}/services", Json, """{"metadata":{"name":"web"},"spec":{"type":"NodePort","selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http"}]}}"""),
        SentRequest.Of("POST", "/apis/networking.k8s.io/v1/namespaces/default/ingresses", Json, """{"metadata":{"name":"door"},"spec":{"rules":[{"host":"a.example.com","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":80}}}}]}}]}}"""),
        SentRequest.Of("POST", $"{Space}/events", Json, """{"metadata":{"generateName":"e."},"involvedObject":{"kind":"Pod","name":"old","namespace":"default"},"reason":"Tested","message":"m","type":"Normal","count":1,"firstTimestamp":"2026-01-01T00:00:00Z"}"""),
        SentRequest.Of("GET", "/apis?x=y") with { Accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json" },
        SentRequest.Of("GET", "/openapi/v3/apis/apps/v1?hash=0"),
    ];

    /// <summary>runtime.Unknown with a ConfigMap of one name and one pair.</summary>
    private static byte[] ProtobufConfigMap()
    {
        var metadata = Fields((1, "typed"u8.ToArray()));
        var pair = Fields((1, "k"u8.ToArray()), (2, "v"u8.ToArray()));
        var type = Fields((1, "v1"u8.ToArray()), (2, "ConfigMap"u8.ToArray()));
        return [.. "k8s\0"u8, .. Fields((1, type), (2, Fields((1, metadata), (2, pair))))];
    }

    private static byte[] Fields(params (int Number, byte[] Value)[] fields)
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes);
        foreach (var (number, value) in fields)
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(value));
        }
        output.Flush();
        return bytes.ToArray();
    }
}
