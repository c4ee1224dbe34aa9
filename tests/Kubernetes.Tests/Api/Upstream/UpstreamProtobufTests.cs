using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Wire.Protobuf;

namespace Kubernetes.Tests.Api.Upstream;

/// <summary>
/// API-15: upstream's own examples of every kind with every field set, in JSON and protobuf, are the same bytes here. They are not part of the
/// repository: the folder with them is named by CONFORMANCE_UPSTREAM_API_TESTDATA (kubernetes/api testdata/v1.35.0), without which this is skipped.
/// </summary>
public sealed class UpstreamProtobufTests
{
    private const string Variable = "CONFORMANCE_UPSTREAM_API_TESTDATA";

    [Fact]
    public async Task Every_kind_with_every_field_is_written_and_read_as_upstream_does()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 }, $"{Variable} names no folder");
        var differences = new List<string>();
        var compared = 0;
        foreach (var file in Directory.EnumerateFiles(Environment.GetEnvironmentVariable(Variable)!, "*.json").Order())
        {
            // GROUP.VERSION.KIND.json
            var parts = Path.GetFileNameWithoutExtension(file).Split('.');
            if (parts[0] == "admission" || TypeTable.Find($"{parts[0]}/{parts[^2]}.{parts[^1]}") is null)
            {
                continue; // a kind that is not served
            }
            var document = JsonNode.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))!;
            compared++;
            var expected = await File.ReadAllBytesAsync(Path.ChangeExtension(file, "pb"), TestContext.Current.CancellationToken);
            if (!ProtobufBody.Write(Encoding.UTF8.GetBytes(document.ToJsonString())).AsSpan().SequenceEqual(expected))
            {
                differences.Add($"{Path.GetFileName(file)}: written otherwise");
            }
            if (!JsonNode.DeepEquals(ProtobufBody.Parse(expected), document))
            {
                differences.Add($"{Path.GetFileName(file)}: read otherwise");
            }
        }
        differences.Should().BeEmpty();
        compared.Should().BeGreaterThan(70);
    }
}
