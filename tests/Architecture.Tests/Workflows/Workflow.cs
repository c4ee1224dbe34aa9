using YamlDotNet.RepresentationModel;

namespace Architecture.Tests.Workflows;

/// <summary>A workflow of GitHub Actions, read as a tree (docs.github.com, "Workflow syntax").</summary>
internal sealed class Workflow
{
    private Workflow(string text, YamlMappingNode root)
    {
        Text = text;
        Root = root;
    }

    public string Text { get; }

    public YamlMappingNode Root { get; }

    /// <summary>By name, in the order of the file.</summary>
    public IEnumerable<(string Name, YamlMappingNode Job)> Jobs => Entries(Map(Root, "jobs")).Select(entry => (entry.Key, (YamlMappingNode)entry.Value));

    /// <summary>The inputs of a start by hand.</summary>
    public YamlMappingNode Inputs => Map(Map(Map(Root, "on"), "workflow_dispatch"), "inputs");

    public static Workflow Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new(text, (YamlMappingNode)stream.Documents.Single().RootNode);
    }

    public static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => Child(job, "steps") is YamlSequenceNode steps ? steps.Children.Cast<YamlMappingNode>() : [];

    /// <summary>Written as one name or as a list.</summary>
    public static IEnumerable<string> Needs(YamlMappingNode job) => Child(job, "needs") switch
    {
        YamlScalarNode one => [one.Value!],
        YamlSequenceNode several => several.Children.Select(need => ((YamlScalarNode)need).Value!),
        _ => [],
    };

    /// <summary>The child of that name as a mapping; empty when it is absent or has no value.</summary>
    public static YamlMappingNode Map(YamlMappingNode node, string name) => Child(node, name) as YamlMappingNode ?? new YamlMappingNode();

    public static string? Scalar(YamlMappingNode node, string name) => (Child(node, name) as YamlScalarNode)?.Value;

    public static YamlNode? Child(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    public static IEnumerable<KeyValuePair<string, YamlNode>> Entries(YamlMappingNode node) => node.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, child.Value));

    /// <summary>Every text below a node.</summary>
    public static IEnumerable<string> Texts(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "");
}
