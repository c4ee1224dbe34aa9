namespace Kubernetes.Tests.Api.Admission;

/// <summary>Pods get the number of their class. A server of its own: a default class is every pod's.</summary>
public sealed class PriorityAdmissionTests : IAsyncLifetime
{
    private const string Classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
    private readonly ServerFixture api = new();

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task The_systems_classes_are_there_and_count()
    {
        var pod = await PodAsync(",\"priorityClassName\":\"system-cluster-critical\"");

        pod.Body!["spec"]!["priority"]!.GetValue<long>().Should().Be(2_000_000_000);
        (await api.GetAsync(Classes)).ItemNames.Should().Equal("system-cluster-critical", "system-node-critical");
    }

    [Fact]
    public async Task A_class_that_does_not_exist_is_refused()
        => (await PodAsync(",\"priorityClassName\":\"high\"")).Message.Should().Be("pods \"a\" is forbidden: no PriorityClass with name high was found");

    [Fact]
    public async Task A_number_of_ones_own_is_refused()
        => (await PodAsync(",\"priority\":7")).Message.Should().Be(
            "pods \"a\" is forbidden: the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name");

    [Fact]
    public async Task The_one_default_is_for_pods_without_a_class()
    {
        (await PodAsync("")).Body!["spec"]!["priority"]!.GetValue<long>().Should().Be(0);
        (await api.PostAsync(Classes, """{"metadata":{"name":"usual"},"value":5,"globalDefault":true,"preemptionPolicy":"Never"}""")).Code.Should().Be(201);

        var pod = await PodAsync("");

        pod.Body!["spec"]!["priorityClassName"]!.GetValue<string>().Should().Be("usual");
        pod.Body["spec"]!["priority"]!.GetValue<long>().Should().Be(5);
        pod.Body["spec"]!["preemptionPolicy"]!.GetValue<string>().Should().Be("Never");
        var second = await api.PostAsync(Classes, """{"metadata":{"name":"other"},"value":6,"globalDefault":true}""");
        second.Code.Should().Be(403);
        second.Message.Should().Be("priorityclasses.scheduling.k8s.io \"other\" is forbidden: PriorityClass usual is already marked as default. Only one default can exist");
    }

    [Theory]
    [InlineData("system-mine", 1, "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only")]
    [InlineData("mine", 1_000_000_001, "value: Forbidden: maximum allowed value of a user defined priority is 1000000000")]
    public async Task What_is_the_systems_is_refused(string name, long value, string cause)
    {
        var refused = await api.PostAsync(Classes, $$$"""{"metadata":{"name":"{{{name}}}"},"value":{{{value}}}}""");

        refused.Code.Should().Be(422);
        refused.Message.Should().Contain(cause);
    }

    private async Task<Reply> PodAsync(string spec)
        => await api.PostAsync($"/api/v1/namespaces/{await api.NewNamespaceAsync()}/pods", $$$"""{"metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"i"}]{{{spec}}}}}""");
}
