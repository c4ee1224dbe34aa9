using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;
using Kubernetes.Api.Wire.Protobuf;

namespace Kubernetes.Tests.Api.Protobuf;

/// <summary>
/// API-15: what a real kube-apiserver (Recorded/VERSION.json) answered to the same GET as JSON and as protobuf, with few fields set and with many:
/// from the first we write the second, byte for byte, and back.
/// </summary>
public sealed class RecordedProtobufTests
{
    private static readonly JsonArray Recorded = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Api/Protobuf/Recorded/v1.35.6.json")))!.AsArray();

    public static TheoryData<string> Paths => [.. Recorded.Select(answer => answer!["path"]!.GetValue<string>())];

    [Theory, MemberData(nameof(Paths))]
    public void An_answer_has_the_bytes_of_a_real_one(string path)
    {
        var answer = Recorded.Single(answer => answer!["path"]!.GetValue<string>() == path)!;
        var real = Convert.FromBase64String(answer["protobuf"]!.GetValue<string>());

        var ours = ProtobufBody.Write(CanonicalJson.WritePlain(answer["json"]!));

        Convert.ToHexString(ours).Should().Be(Convert.ToHexString(real));
    }
}
