using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kubernetes.Api.Wire;

/// <summary>
/// The first document of a YAML text as a tree, built from the parser's events: depth and size stay within limits whatever the text does
/// with nesting and aliases.
/// </summary>
internal sealed class YamlTree(IParser parser)
{
    private const int DepthMax = 1000;

    // aliases can make a small text a huge tree
    private const int NodesMax = 1_000_000;

    private readonly Dictionary<AnchorName, JsonNode?> anchors = [];
    private readonly List<string> duplicates = [];
    private int nodes;

    /// <exception cref="JsonException">Too deep, too large, or with keys that JSON cannot have.</exception>
    /// <exception cref="YamlException">Not YAML.</exception>
    public JsonBody Read()
    {
        parser.Consume<StreamStart>();
        return parser.TryConsume<DocumentStart>(out _) ? new JsonBody(Node("", 0), duplicates) : new JsonBody(null, []);
    }

    private JsonNode? Node(string path, int depth)
    {
        Count(1);
        if (depth > DepthMax)
        {
            throw new JsonException("yaml: exceeded max depth");
        }
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            // an anchor is known once its node is complete, so that nothing contains itself
            var value = anchors.TryGetValue(alias.Value, out var known) ? known : throw new JsonException($"yaml: unknown anchor '{alias.Value}' referenced");
            Count(Size(value));
            return value?.DeepClone();
        }
        var anchor = ((NodeEvent)parser.Current!).Anchor;
        var node = parser.TryConsume<Scalar>(out var scalar) ? YamlScalars.Read(scalar)
            : parser.TryConsume<SequenceStart>(out _) ? Sequence(path, depth)
            : Mapping(path, depth);
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = node?.DeepClone();
        }
        return node;
    }

    private JsonArray Sequence(string path, int depth)
    {
        var array = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            array.Add(Node($"{path}[{array.Count}]", depth + 1));
        }
        return array;
    }

    private JsonObject Mapping(string path, int depth)
    {
        parser.Consume<MappingStart>();
        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw new JsonException("yaml: a key is not a string");
            }
            var below = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            if (map.ContainsKey(key.Value))
            {
                duplicates.Add(below);
            }
            map[key.Value] = Node(below, depth + 1);
        }
        return map;
    }

    private void Count(int more)
    {
        nodes += more;
        if (nodes > NodesMax)
        {
            throw new JsonException("yaml: document contains excessive aliasing");
        }
    }

    private static int Size(JsonNode? node) => node switch
    {
        JsonObject map => 1 + map.Sum(member => Size(member.Value)),
        JsonArray list => 1 + list.Sum(Size),
        _ => 1,
    };
}
