using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kubernetes.Api.Wire;

/// <summary>YAML request bodies as the same tree as JSON ones (sigs.k8s.io/yaml: YAML 1.1 scalars, JSON is YAML too).</summary>
internal static class YamlBody
{
    // aliases can make a small text a huge tree
    private const int NodesMax = 1_000_000;

    /// <exception cref="JsonException">Not YAML.</exception>
    public static JsonBody Parse(byte[] utf8)
    {
        var start = utf8.AsSpan().TrimStart(" \t\r\n"u8);
        if (start.Length > 0 && start[0] == (byte)'{')
        {
            return JsonBody.Parse(utf8);
        }
        var duplicates = new List<string>();
        try
        {
            var nodes = 0;
            var stream = new YamlStream();
            stream.Load(new StringReader(Encoding.UTF8.GetString(utf8)));
            return new JsonBody(stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode, ref nodes), duplicates);
        }
        catch (YamlException e)
        {
            throw new JsonException($"yaml: line {e.Start.Line}: {e.Message}", e);
        }
    }

    private static JsonNode? Convert(YamlNode node, ref int nodes)
    {
        if (++nodes > NodesMax)
        {
            throw new JsonException("yaml: document contains excessive aliasing");
        }
        switch (node)
        {
            case YamlMappingNode map:
                var target = new JsonObject();
                foreach (var (key, value) in map.Children)
                {
                    target[key is YamlScalarNode { Value: { } name } ? name : throw new JsonException("yaml: a key is not a string")] = Convert(value, ref nodes);
                }
                return target;
            case YamlSequenceNode list:
                var array = new JsonArray();
                foreach (var item in list.Children)
                {
                    array.Add(Convert(item, ref nodes));
                }
                return array;
            case YamlScalarNode scalar:
                return Scalar(scalar);
            default:
                return null;
        }
    }

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str")
        {
            return text;
        }
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE" or "yes" or "Yes" or "on" or "On":
                return true;
            case "false" or "False" or "FALSE" or "no" or "No" or "off" or "Off":
                return false;
        }
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        var looksNumeric = char.IsAsciiDigit(text[^1]) || text[^1] == '.';
        return looksNumeric && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : text;
    }
}
