using Controllers.Runtime.Client;
using EmbeddedCluster.Tests.Program;
using k8s.Models;

namespace EmbeddedCluster.Tests.Images.Rollouts;

/// <summary>A real program as the image of Argo Rollouts: here a script that says in a Lease, by kubectl, who it is and what it was told.</summary>
public sealed class RolloutsProcessTests : IDisposable
{
    private const string Script = """
        #!/bin/sh
        for word; do case "$word" in --kubeconfig=*) config="${word#*=}" ;; esac; done
        trap 'exit 0' TERM
        who=$(KUBECTL --kubeconfig "$config" auth whoami -o 'jsonpath={.status.userInfo.username}')
        secrets=$(KUBECTL --kubeconfig "$config" auth can-i delete namespaces 2>/dev/null)
        KUBECTL --kubeconfig "$config" create -f - <<EOF
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata:
          name: real-$HOSTNAME
          annotations: { arguments: "$*", namespace: "$POD_NAMESPACE", mode: "$(stat -c %a "$config")", deletes-namespaces: "$secrets" }
        spec: { holderIdentity: "$who" }
        EOF
        while :; do sleep 1 & wait $!; done
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("rollouts-process-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_runs_as_its_own_service_account_with_the_arguments_of_the_Deployment()
    {
        Kubectl.SkipWhenMissing();
        var program = Path.Combine(_folder, "rollouts-controller");
        await File.WriteAllTextAsync(program, Script.Replace("KUBECTL", Kubectl.Path), TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await using var cluster = await Cluster.StartAsync(new ClusterOptions { RolloutsPrograms = RolloutsPrograms.One(program) }, TestContext.Current.CancellationToken);

        var lease = await LeaseAsync(cluster);

        lease.Spec.HolderIdentity.Should().Be("system:serviceaccount:argo-rollouts:argo-rollouts");
        var told = lease.Metadata.Annotations;
        told["arguments"].Should().Contain("--leader-elect").And.Contain("--loglevel=info").And.MatchRegex("--metricsport=[0-9]+ --healthzPort=[0-9]+ --kubeconfig=")
            .And.NotContain("--healthzPort=8080", "replicas and other pods listen there");
        told["namespace"].Should().Be("argo-rollouts");
        told["mode"].Should().Be("600");
        told["deletes-namespaces"].Should().Be("no");
    }

    private static async Task<V1Lease> LeaseAsync(Cluster cluster)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, limit.Token);
        await foreach (var seen in cluster.Client.WatchAsync(Resources.Leases, "argo-rollouts", cancel: patience.Token))
        {
            if (seen.Object.Metadata.Name?.StartsWith("real-", StringComparison.Ordinal) == true)
            {
                return seen.Object;
            }
        }

        throw new InvalidOperationException("the watch ended");
    }
}
