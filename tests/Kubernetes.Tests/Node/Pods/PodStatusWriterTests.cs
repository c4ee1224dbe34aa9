using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Kubernetes.Node.Pods;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Tests.Node.Pods;

public sealed class PodStatusWriterTests
{
    private volatile string _phase = "Running";

    [Fact]
    public async Task The_last_status_waits_for_the_write_under_way()
    {
        using var api = new RecordingApi();
        var held = api.HoldNext();
        var (writer, writing) = Start(api);
        writer.Signal();
        await held.Arrived.WaitAsync(Cancel);

        _phase = "Succeeded"; // the container ends while the server has not answered yet
        writer.Finish();
        api.Phases.Should().BeEmpty("the server may carry out the first write after the second");

        held.Release();
        await writing.WaitAsync(Cancel);
        api.Phases.Should().Equal("Running", "Succeeded");
    }

    [Fact]
    public async Task The_last_status_is_written_again_until_the_server_is_back()
    {
        _phase = "Failed";
        using var api = new RecordingApi();
        api.FailNext(HttpStatusCode.ServiceUnavailable, times: 3);
        var (writer, writing) = Start(api);

        writer.Finish();
        await writing.WaitAsync(Cancel);

        api.Phases.Should().Equal("Failed");
    }

    [Fact]
    public async Task A_status_that_the_server_refuses_keeps_no_pod_on_the_node()
    {
        using var api = new RecordingApi();
        api.FailNext(HttpStatusCode.Forbidden, times: int.MaxValue);
        var (writer, writing) = Start(api);

        writer.Finish();
        await writing.WaitAsync(Cancel);

        api.Phases.Should().BeEmpty();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private (PodStatusWriter Writer, Task Writing) Start(RecordingApi api)
    {
        var pod = new V1Pod { Metadata = new V1ObjectMeta { Name = "a", NamespaceProperty = "demo", Uid = "uid" } };
        var writer = new PodStatusWriter(
            api.Client, new Cluster.FastClock(100), NullLogger.Instance, () => pod, conditions => new V1PodStatus { Phase = _phase, Conditions = [.. conditions] });
        return (writer, writer.RunAsync(Cancel));
    }

    /// <summary>A server that answers every write with the pod, and remembers the phases in the order in which it carried them out.</summary>
    private sealed class RecordingApi : DelegatingHandler
    {
        private readonly ConcurrentQueue<string> _phases = new();
        private Held? _held;
        private HttpStatusCode _failure;
        private int _failures;

        public RecordingApi() => Client = new ApiClient(new KubernetesClientConfiguration { Host = "http://api.invalid" }, "tests", this);

        public ApiClient Client { get; }

        public IReadOnlyList<string> Phases => [.. _phases];

        public Held HoldNext() => _held = new Held();

        public void FailNext(HttpStatusCode code, int times) => (_failure, _failures) = (code, times);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(CancellationToken.None);
            if (Interlocked.Exchange(ref _held, null) is { } held)
            {
                await held.PassAsync(); // also when the client gives up: what the server has, it carries out
            }

            if (_failures > 0)
            {
                _failures--;
                return new HttpResponseMessage(_failure) { Content = new StringContent("""{ "kind": "Status", "apiVersion": "v1", "status": "Failure" }""") };
            }

            _phases.Enqueue((string)JsonNode.Parse(body)!["status"]!["phase"]!);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{ "kind": "Pod", "apiVersion": "v1", "metadata": { "name": "a" } }""") };
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Client.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Held
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Arrived => _arrived.Task;

        public void Release() => _released.TrySetResult();

        public Task PassAsync()
        {
            _arrived.TrySetResult();
            return _released.Task;
        }
    }
}
