using System.Buffers;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Kubernetes.Api.Tables;
using Kubernetes.Api.Wire;
using Kubernetes.Api.Wire.Protobuf;
using Kubernetes.Store;

namespace Micro;

/// <summary>Bodies in, bodies out: a Deployment with two containers.</summary>
[MemoryDiagnoser]
public class WireBenchmarks
{
    private readonly JsonObject deployment = Documents.Deployment();
    private readonly byte[] lease = LeaseBody();
    private readonly TableView table = new(Documents.Deployments, null, DateTimeOffset.UnixEpoch);

    [Benchmark]
    public JsonNode? ParseJson() => JsonBody.Parse(Documents.DeploymentBytes).Root;

    [Benchmark]
    public Document CanonicalForm() => CanonicalJson.Write(deployment);

    [Benchmark]
    public JsonObject DecodeProtobufLease() => ProtobufBody.Parse(lease);

    [Benchmark]
    public JsonObject PrintTable() => table.One(Documents.DeploymentBytes);

    /// <summary>What a client's leader election sends every two seconds: runtime.Unknown {typeMeta, raw: Lease {metadata, spec}}.</summary>
    private static byte[] LeaseBody()
    {
        var metadata = Message((1, Text("controller")), (3, Text("kube-system")), (6, Text("42")));
        var spec = Message((1, Text("controller-5f7d8c_9c1d")));
        var typeMeta = Message((1, Text("coordination.k8s.io/v1")), (2, Text("Lease")));
        return [.. "k8s\0"u8, .. Message((1, typeMeta), (2, Message((1, metadata), (2, spec))))];
    }

    private static byte[] Text(string text) => ByteString.CopyFromUtf8(text).ToByteArray();

    private static byte[] Message(params ReadOnlySpan<(int Field, byte[] Content)> fields)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        foreach (var (field, content) in fields)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        output.Flush();
        return stream.ToArray();
    }
}
