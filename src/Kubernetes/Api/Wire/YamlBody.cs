using System.Text;
using System.Text.Json;
using YamlDotNet.Core;

namespace Kubernetes.Api.Wire;

/// <summary>YAML request bodies as the same tree as JSON ones (sigs.k8s.io/yaml: YAML 1.1 scalars, JSON is YAML too).</summary>
internal static class YamlBody
{
    /// <exception cref="JsonException">Not YAML.</exception>
    public static JsonBody Parse(byte[] utf8)
    {
        var start = utf8.AsSpan().TrimStart(" \t\r\n"u8);
        if (start.Length > 0 && start[0] == (byte)'{')
        {
            return JsonBody.Parse(utf8);
        }
        try
        {
            return new YamlTree(new Parser(new StringReader(Encoding.UTF8.GetString(utf8)))).Read();
        }
        catch (YamlException e)
        {
            throw new JsonException($"yaml: line {e.Start.Line}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException($"yaml: did not find expected node content: {e.Message}", e); // how the parser ends on some broken flow mappings
        }
    }
}
