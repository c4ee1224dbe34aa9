using System.Net;
using Docker.DotNet;
using Fixtures.Clusters.K3s;

namespace Fixtures.Tests.Clusters;

/// <summary>What Docker says, and the sentence that a person reads.</summary>
public sealed class DockerTroubleTests
{
    private const string Image = "rancher/k3s:v1.35.1-k3s1";

    [Theory]
    [InlineData("{\"message\":\"Get \\\"https://registry-1.docker.io/v2/\\\": dial tcp: lookup registry-1.docker.io: no such host\"}", "cannot be pulled (Get", "docker load")]
    [InlineData("{\"message\":\"pull access denied for rancher/k3s\"}", "cannot be pulled (pull access denied for rancher/k3s)", "--k3s-image")]
    [InlineData("{\"message\":\"manifest unknown\"}", "cannot be pulled (manifest unknown)", "--k3s-image")]
    [InlineData("{\"message\":\"privileged mode is incompatible with user namespaces\"}", "refuses a privileged container", "--target embedded")]
    [InlineData("{\"message\":\"driver failed programming external connectivity: Bind for 0.0.0.0:30080 failed: port is already allocated\"}", "a port of the container is taken", "try again")]
    [InlineData("{\"message\":\"write /var/lib/docker/tmp: no space left on device\"}", "the disk of the Docker engine is full", "docker system df")]
    [InlineData("{\"message\":\"client version 1.52 is too new. Maximum supported API version is 1.41\"}", "too old or too new", "DOCKER_API_VERSION")]
    [InlineData("{\"message\":\"No such container: 6699e3\"}", "ended while starting; it said: --nonsense", "privileged")]
    [InlineData("{\"message\":\"exec: \\\"server\\\": executable file not found in $PATH\"}", "does not start as k3s does", "--k3s-image")]
    [InlineData("{\"message\":\"something else\"}", "Docker refused to start rancher/k3s:v1.35.1-k3s1: something else", "something else")]
    public void Every_refusal_of_the_engine_is_a_sentence_with_what_to_do(string said, string sentence, string remedy)
        => DockerTrouble.Sentence(new DockerApiException(HttpStatusCode.InternalServerError, said), Image, "--nonsense is no flag").Should().Contain(sentence).And.Contain(remedy).And.NotContain("\n");

    [Fact]
    public void What_is_no_business_of_Dockers_is_left_alone() => DockerTrouble.Sentence(new InvalidOperationException("ours"), Image).Should().BeNull();

    [Theory]
    [InlineData("127.0.0.1\tlocalhost\n172.17.0.1\thost.docker.internal\n", "172.17.0.1")]
    [InlineData("fd00::1 host.docker.internal\n192.168.65.254 host.docker.internal gateway\n", "192.168.65.254")]
    [InlineData("127.0.0.1\tlocalhost\n", null)]
    public void The_address_of_this_machine_is_read_from_the_containers_hosts_file(string hosts, string? address)
        => (HostReach.Find(hosts)?.ToString()).Should().Be(address);
}
