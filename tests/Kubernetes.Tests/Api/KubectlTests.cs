using CliWrap;
using CliWrap.Buffered;
using Kubernetes.Tests.Clients;

namespace Kubernetes.Tests.Api;

/// <summary>Real kubectl against the server; without the program these tests are skipped.</summary>
public sealed class KubectlTests(ServerFixture api) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("kubectl-").FullName;
    private string space = "";

    private string Deployment => Path.Combine(folder, "deployment.yaml");

    public async ValueTask InitializeAsync()
    {
        ClientProgram.Required("kubectl");
        space = await api.NewNamespaceAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "config"), api.Server.Kubeconfig);
        await File.WriteAllTextAsync(Deployment, """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: main, image: "demo:v1", ports: [{containerPort: 80}]}]}
            """);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task API_11_apply_creates_configures_and_leaves_alone()
    {
        (await RunAsync("apply", "-f", Deployment)).Should().Be("deployment.apps/web created\n");
        await File.WriteAllTextAsync(Deployment, (await File.ReadAllTextAsync(Deployment, Stop)).Replace("demo:v1", "demo:v2"), Stop);
        (await RunAsync("apply", "-f", Deployment)).Should().Be("deployment.apps/web configured\n");
        (await RunAsync("apply", "-f", Deployment)).Should().Be("deployment.apps/web unchanged\n");
        (await RunAsync("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}")).Should().Be("demo:v2");
    }

    [Fact]
    public async Task API_18_apply_refuses_unknown_fields()
    {
        await File.WriteAllTextAsync(Deployment, (await File.ReadAllTextAsync(Deployment, Stop)).Replace("replicas:", "replicaz:"), Stop);
        (await RunAsync("apply", "-f", Deployment)).Should().Contain("strict decoding error: unknown field \"spec.replicaz\"");
    }

    [Fact]
    public async Task API_14_typed_commands_send_protobuf()
    {
        (await RunAsync("create", "configmap", "settings", "--from-literal=a=b")).Should().Be("configmap/settings created\n");
        (await RunAsync("create", "deployment", "api", "--image=demo:v1", "--replicas=3")).Should().Be("deployment.apps/api created\n");
        (await RunAsync("get", "deploy", "api", "-o", "jsonpath={.spec.replicas}/{.spec.strategy.rollingUpdate.maxSurge}")).Should().Be("3/25%");
        (await RunAsync("create", "secret", "generic", "hidden", "--from-literal=k=v")).Should().Be("secret/hidden created\n");
        (await RunAsync("get", "secret", "hidden", "-o", "jsonpath={.data.k}")).Should().Be("dg==");
        (await RunAsync("create", "cronjob", "tick", "--image=demo:v1", "--schedule=* * * * *")).Should().Be("cronjob.batch/tick created\n");
        (await RunAsync("create", "ingress", "door", "--rule=host/*=web:80")).Should().Be("ingress.networking.k8s.io/door created\n");
        (await RunAsync("auth", "can-i", "list", "pods")).Should().Be("yes\n");
        (await RunAsync("delete", "configmap", "settings")).Should().Contain("configmap \"settings\" deleted");
    }

    [Fact]
    public async Task API_74_get_prints_upstreams_columns()
    {
        await RunAsync("apply", "-f", Deployment);
        var lines = (await RunAsync("get", "deploy", "-o", "wide")).Split('\n');

        lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Should().Equal("NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE", "CONTAINERS", "IMAGES", "SELECTOR");
        lines[1].Should().MatchRegex(@"^web +0/2 +0 +0 +\d+s +main +demo:v1 +app=web");
    }

    [Fact]
    public async Task API_36_watch_wait_and_rollout_status_follow_one_object()
    {
        await RunAsync("apply", "-f", Deployment);
        (await RunAsync("wait", "--for=jsonpath={.spec.replicas}=2", "deploy/web", "--timeout=5s")).Should().Be("deployment.apps/web condition met\n");
        (await RunAsync("get", "deploy", "-w", "--request-timeout=1s")).Should().Contain("web");
        await api.MergeAsync($"/apis/apps/v1/namespaces/{space}/deployments/web/status", """{"status":{"observedGeneration":1,"replicas":2,"updatedReplicas":2,"readyReplicas":2,"availableReplicas":2}}""");
        (await RunAsync("rollout", "status", "deploy/web", "--timeout=5s")).Should().Contain("successfully rolled out");
    }

    [Fact]
    public async Task API_48_editing_commands_change_what_they_say()
    {
        await RunAsync("apply", "-f", Deployment);
        (await RunAsync("scale", "deploy/web", "--replicas=5")).Should().Be("deployment.apps/web scaled\n");
        (await RunAsync("label", "deploy", "web", "tier=front")).Should().Be("deployment.apps/web labeled\n");
        (await RunAsync("annotate", "deploy", "web", "note=x")).Should().Be("deployment.apps/web annotated\n");
        (await RunAsync("set", "image", "deploy/web", "main=demo:v3")).Should().Be("deployment.apps/web image updated\n");
        (await RunAsync("patch", "deploy", "web", "-p", """{"spec":{"minReadySeconds":3}}""")).Should().Be("deployment.apps/web patched\n");
        (await RunAsync("get", "deploy", "web", "-l", "tier=front", "-o", "jsonpath={.items[*].spec.replicas}")).Should().NotBe("5", "a name and a selector exclude each other");
        (await RunAsync("get", "deploy", "web", "-o", "jsonpath={.spec.replicas}{.spec.minReadySeconds}{.spec.template.spec.containers[0].image}")).Should().Be("53demo:v3");
        (await RunAsync("diff", "-f", Deployment)).Should().Contain("-  replicas: 5").And.Contain("+  replicas: 2");
    }

    [Fact]
    public async Task API_13_explain_and_describe_know_the_types()
    {
        await RunAsync("apply", "-f", Deployment);
        (await RunAsync("explain", "deployment.spec.strategy")).Should().Contain("rollingUpdate").And.Contain("<RollingUpdateDeployment>");
        (await RunAsync("explain", "deployment.spec.strategy", "--output=plaintext-openapiv2")).Should().Contain("rollingUpdate", "it reads OpenAPI v2 in protobuf");
        (await RunAsync("describe", "deploy", "web")).Should().Contain("RollingUpdateStrategy:  25% max unavailable, 25% max surge");
        (await RunAsync("api-resources", "--api-group=apps")).Should().Contain("deployments").And.Contain("deploy");
    }

    [Fact]
    public async Task API_78_auth_commands_answer()
    {
        (await RunAsync("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}")).Should().Be("kubernetes-admin");
        (await RunAsync("auth", "can-i", "--list")).Should().MatchRegex(@"\*\.\* +\[\] +\[\] +\[\*\]");
        (await RunAsync("auth", "whoami", "--as", "jane", "--as-group", "team", "-o", "jsonpath={.status.userInfo.username} {.status.userInfo.groups}")).Should().Be("jane [\"team\",\"system:authenticated\"]");
        (await RunAsync("create", "sa", "robot")).Should().Be("serviceaccount/robot created\n");
        (await RunAsync("create", "token", "robot", "--duration=10m")).Split('.').Should().HaveCount(3);
    }

    [Fact]
    public async Task API_57_delete_waits_until_the_object_is_gone()
    {
        await RunAsync("apply", "-f", Deployment);
        (await RunAsync("delete", "-f", Deployment, "--wait", "--timeout=5s")).Should().Contain("deployment.apps \"web\" deleted");
        (await RunAsync("get", "deploy", "web")).Should().Be("Error from server (NotFound): deployments.apps \"web\" not found\n");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What it prints: standard error, then standard output.</summary>
    private async Task<string> RunAsync(params string[] arguments)
    {
        var result = await Cli.Wrap(ClientProgram.Required("kubectl"))
            .WithArguments([.. arguments, "-n", space, "--kubeconfig", Path.Combine(folder, "config"), "--cache-dir", Path.Combine(folder, "cache")])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Stop);
        return result.StandardError + result.StandardOutput;
    }
}
